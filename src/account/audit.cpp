#include "account/audit.hpp"

namespace cript::account {

namespace {

void append_number(std::string& out, std::uint64_t number) {
    for (int byte = 0; byte < 8; ++byte) out.push_back(static_cast<char>((number >> (8 * byte)) & 0xffU));
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out.append(text);
}

}  // namespace

crypto::Digest seal_event(const crypto::HmacKey& key, const crypto::Digest& previous, std::int64_t id,
                          base::Timestamp at, const AuditEvent& event) {
    std::string message(reinterpret_cast<const char*>(previous.data()), previous.size());
    append_number(message, static_cast<std::uint64_t>(id));
    append_number(message, static_cast<std::uint64_t>(at.microseconds));
    append_number(message, static_cast<std::uint64_t>(event.account));
    for (const auto* text : {&event.action, &event.actor, &event.address, &event.client, &event.detail}) {
        append_text(message, *text);
    }
    return key.sign(base::as_bytes(message));
}

}  // namespace cript::account
