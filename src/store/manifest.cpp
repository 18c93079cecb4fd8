#include "store/manifest.hpp"

#include <cstring>

#include "crypto/digest.hpp"

namespace cript::store {

namespace {

void append_number(std::string& out, std::uint64_t number) {
    for (unsigned byte = 0; byte < 8; ++byte)
        out.push_back(static_cast<char>((number >> (8 * byte)) & 0xffU));
}

/// Each cell with its kind and length, so that no two rows make the same bytes.
void append_cell(std::string& out, const Cell& cell) {
    out.push_back(static_cast<char>(cell.index()));
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        append_number(out, static_cast<std::uint64_t>(*number));
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
        append_number(out, text->size());
        out.append(*text);
    }
}

}  // namespace

void RowSum::add(const Cells& row) {
    bytes_.clear();
    for (const auto& cell : row) append_cell(bytes_, cell);
    const auto digest = crypto::sha256(base::as_bytes(bytes_));
    for (std::size_t at = 0; at < sum_.size(); ++at) {
        std::uint64_t part = 0;
        std::memcpy(&part, digest.data() + 8 * at, 8);
        sum_[at] += part;
    }
}

std::string RowSum::text() const {
    std::string bytes;
    for (const auto part : sum_) append_number(bytes, part);
    return base::to_hex(base::as_bytes(bytes));
}

std::uint64_t Manifest::rows() const {
    std::uint64_t total = 0;
    for (const auto& entry : entries) total += entry.rows;
    return total;
}

base::Result<Manifest> take_manifest(TableReader& reader, const CountRows& count) {
    Manifest manifest;
    for (const auto& table : instance_tables()) {
        auto& entry = manifest.entries.emplace_back();
        entry.table = table.name;
        RowSum sum;
        auto read = for_each_row(reader, table, [&](const Cells& row) -> base::Result<void> {
            sum.add(row);
            if (++entry.rows % table.portion == 0 && count) count(table, table.portion);
            return {};
        });
        CRIPT_CHECK(read);
        if (count && entry.rows % table.portion > 0) count(table, entry.rows % table.portion);
        entry.sum = sum.text();
        if (table.ids == Ids::None) continue;
        auto last = reader.last_id(table);
        CRIPT_CHECK(last);
        entry.last_id = *last;
    }
    return manifest;
}

std::string differing_tables(const Manifest& left, const Manifest& right) {
    std::string names;
    for (std::size_t at = 0; at < std::max(left.entries.size(), right.entries.size()); ++at) {
        const auto* one = at < left.entries.size() ? &left.entries[at] : nullptr;
        const auto* other = at < right.entries.size() ? &right.entries[at] : nullptr;
        if (one != nullptr && other != nullptr && *one == *other) continue;
        names.append(names.empty() ? "" : ", ").append((one != nullptr ? one : other)->table);
    }
    return names;
}

}  // namespace cript::store
