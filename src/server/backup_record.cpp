#include "server/backup_record.hpp"

#include <fstream>
#include <sstream>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "store/backup.hpp"
#include "store/copy_note.hpp"

namespace cript::server {

namespace {

constexpr const char* kFile = "backup.json";
constexpr std::int64_t kFormat = 1;

}  // namespace

base::Result<void> write_record(const std::filesystem::path& folder, const BackupRecord& record) {
    std::string text;
    base::JsonWriter json(text);
    json.begin_object().member("format", kFormat).member("program", std::string_view(record.program));
    json.member("made_at", std::string_view(record.made_at)).member("file", std::string_view(record.file));
    json.key("tables").raw(store::to_text(record.manifest)).end_object();
    const auto file = folder / kFile;
    const auto unfinished = folder / "backup.json.part";
    std::ofstream out(unfinished, std::ios::binary);
    out << text << "\n";
    out.close();
    if (!out) return base::fail(base::ErrorKind::Unavailable, "cannot write " + unfinished.string());
    CRIPT_CHECK(store::sync_to_disk(unfinished));
    std::error_code error;
    std::filesystem::rename(unfinished, file, error);
    if (error) return base::fail(base::ErrorKind::Unavailable, file.string() + ": " + error.message());
    return store::sync_to_disk(folder);
}

base::Result<BackupRecord> read_record(const std::filesystem::path& folder) {
    const auto file = folder / kFile;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return base::fail(base::ErrorKind::NotFound, folder.string() +
                                                         " is no backup, or was not written to its end: "
                                                         "there is no backup.json in it");
    std::stringstream text;
    text << in.rdbuf();
    const auto wrong = [&file](std::string_view why) {
        return base::fail(base::ErrorKind::InvalidInput,
                          file.string() + " cannot be read: " + std::string(why));
    };
    const auto content = text.str();
    const auto document = base::JsonDocument::parse(content);
    if (!document) return wrong(document.error().message);
    const auto root = document->root();
    std::int64_t format = 0;
    std::string_view program;
    std::string_view made_at;
    std::string_view name;
    simdjson::dom::element tables;
    if (root["format"].get(format) != simdjson::SUCCESS ||
        root["program"].get(program) != simdjson::SUCCESS ||
        root["made_at"].get(made_at) != simdjson::SUCCESS || root["file"].get(name) != simdjson::SUCCESS ||
        root["tables"].get(tables) != simdjson::SUCCESS)
        return wrong("something is missing in it");
    if (format != kFormat) return wrong("it is of another format");
    if (name.find('/') != std::string_view::npos) return wrong("its file lies elsewhere");
    std::string list;
    base::append_json(list, tables);
    auto manifest = store::read_manifest(list);
    if (!manifest) return wrong(manifest.error().message);
    return BackupRecord{std::string(program), std::string(made_at), std::string(name), std::move(*manifest)};
}

}  // namespace cript::server
