#include "store/copy_note.hpp"

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::store {

namespace {

namespace dom = simdjson::dom;

void write_manifest(base::JsonWriter& json, const Manifest& manifest) {
    json.begin_array();
    for (const auto& entry : manifest.entries) {
        json.begin_object().member("table", std::string_view(entry.table)).member("rows", entry.rows);
        json.member("sum", std::string_view(entry.sum)).member("last_id", entry.last_id).end_object();
    }
    json.end_array();
}

/// Text and bytes as hexadecimal digits: they may be anything.
void write_key(base::JsonWriter& json, const Cells& key) {
    json.begin_array();
    for (const auto& cell : key) {
        if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            json.value(*number);
        } else if (const auto* text = std::get_if<std::string>(&cell)) {
            json.value(std::string_view(base::to_hex(base::as_bytes(*text))));
        } else {
            json.null();
        }
    }
    json.end_array();
}

Manifest manifest_of(dom::array list) {
    Manifest manifest;
    for (const auto item : list) {
        auto& entry = manifest.entries.emplace_back();
        entry.table = std::string_view(item["table"]);
        entry.rows = std::uint64_t(item["rows"]);
        entry.sum = std::string_view(item["sum"]);
        entry.last_id = std::int64_t(item["last_id"]);
    }
    return manifest;
}

Cells key_of(dom::array list) {
    Cells key;
    for (const auto item : list) {
        if (item.is_string()) {
            const auto bytes = base::from_hex(std::string_view(item)).value_or(base::Bytes{});
            key.emplace_back(std::string(bytes.begin(), bytes.end()));
        } else if (item.is_null()) {
            key.emplace_back();
        } else {
            key.emplace_back(std::int64_t(item));
        }
    }
    return key;
}

/// Reads JSON of our own writing; what is missing in it is thrown by simdjson.
template <class Read>
auto parse(std::string_view text, Read read) -> base::Result<std::invoke_result_t<Read, dom::element>> {
    const auto document = base::JsonDocument::parse(text);
    CRIPT_CHECK(document);
    try {
        return read(document->root());
    } catch (const simdjson::simdjson_error& error) {
        return base::fail(base::ErrorKind::InvalidInput, error.what());
    }
}

}  // namespace

std::string to_text(const CopyNote& note) {
    std::string text;
    base::JsonWriter json(text);
    json.begin_object().key("source");
    write_manifest(json, note.source);
    json.member("table", std::string_view(note.table)).key("key");
    write_key(json, note.key);
    json.member("rows", note.rows).end_object();
    return text;
}

std::string to_text(const Manifest& manifest) {
    std::string text;
    base::JsonWriter json(text);
    write_manifest(json, manifest);
    return text;
}

base::Result<CopyNote> read_copy_note(std::string_view text) {
    return parse(text, [](dom::element root) {
        return CopyNote{manifest_of(root["source"]), std::string(std::string_view(root["table"])),
                        key_of(root["key"]), std::uint64_t(root["rows"])};
    });
}

base::Result<Manifest> read_manifest(std::string_view text) {
    return parse(text, [](dom::element root) { return manifest_of(root); });
}

}  // namespace cript::store
