/// What a transfer of libcript reads of any bytes: the state that an earlier one left, the list of parts that
/// a server says it has, and the head of a content. A state that is read is read again from what is written
/// of it; no part is taken for sent that is not of its digest; no offset lies beyond the content.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "client/content_head.hpp"
#include "client/transfer_state.hpp"
#include "client/upload_parts.hpp"
#include "crypto/digest.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cript;
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    if (const auto state = client::TransferState::parse(text)) {
        const auto again = client::TransferState::parse(state->text());
        require(again && *again == *state);
    }
    if (const auto answer = Json::parse(text)) {
        const std::vector<client::Part> parts{{0, 1, crypto::sha256(base::as_bytes("a"))},
                                              {1, 1, crypto::sha256(base::as_bytes("b"))}};
        for (const auto at : client::parts_there(*answer, parts)) require(at < parts.size());
    }
    // Three lines: status, Content-Range and Repr-Digest.
    const auto first = text.find('\n');
    const auto second = first == text.npos ? text.npos : text.find('\n', first + 1);
    if (second != text.npos) {
        WireAnswer answer;
        answer.status = text.substr(0, first) == "206" ? 206 : 200;
        answer.revision = "e";
        answer.content_range = text.substr(first + 1, second - first - 1);
        answer.digest = text.substr(second + 1);
        answer.content_length = size;
        if (const auto head = client::content_head(answer)) {
            require(head->offset <= head->size && head->sha256.size() == 64);
        }
    }
    return 0;
}
