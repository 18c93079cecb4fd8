#include "server/check_command.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "service/check_instance.hpp"

namespace cript::server {

namespace {

std::string as_text(const service::DamageList& damage, const std::string& store) {
    std::string text;
    for (const auto& entry : damage.found())
        text += fmt::format("{}: {}: {}\n", entry.kind, entry.place, entry.text);
    if (damage.count() > damage.found().size())
        text += fmt::format("… and {} more\n", damage.count() - damage.found().size());
    if (damage.count() == 0) return fmt::format("{} is sound\n", store);
    return text +
           fmt::format("{}: {} {}\n", store, damage.count(), damage.count() == 1 ? "damage" : "damages");
}

std::string in_json(const service::DamageList& damage, const std::string& store) {
    std::string text;
    base::JsonWriter json(text);
    json.begin_object().member("store", std::string_view(store)).member("sound", damage.count() == 0);
    json.member("count", damage.count()).key("damage").begin_array();
    for (const auto& entry : damage.found()) {
        json.begin_object().member("kind", std::string_view(entry.kind));
        json.member("place", std::string_view(entry.place))
            .member("text", std::string_view(entry.text))
            .end_object();
    }
    json.end_array().end_object();
    return text + "\n";
}

/// The store of the contents; nothing for a folder that is not there, since looking makes none.
base::Result<std::unique_ptr<blob::BlobStore>> open_contents(const Options& options) {
    constexpr std::string_view kFolder = "file:";
    const auto url = options.blob();
    std::error_code error;
    if (url.starts_with(kFolder) && !std::filesystem::exists(url.substr(kFolder.size()), error))
        return nullptr;
    return blob::open(url, options.s3_settings());
}

}  // namespace

Outcome check_instance(const Options& options, bool as_json, bool reads_contents) {
    const auto not_checked = [](const base::Error& error) { return Outcome{kNotChecked, {}, error.message}; };
    auto blobs = open_contents(options);
    if (!blobs) return not_checked(blobs.error());
    service::ContentCheck contents{blobs->get(), {}, reads_contents};
    if (*blobs) {
        auto listed = service::list_contents(**blobs);
        if (!listed) return not_checked(listed.error());
        contents.listed = std::move(*listed);
    }
    auto reader = store::open_table_reader(options.store(), options.server_limits());
    if (!reader) return not_checked(reader.error());
    auto keys = crypto::KeyRing::load(options.key_ring_file());
    if (!keys) return not_checked(keys.error());
    auto damage = service::check_instance(**reader, *keys, contents);
    if (!damage) return not_checked(damage.error());
    const auto name = (*reader)->name();
    auto text = as_json ? in_json(*damage, name) : as_text(*damage, name);
    return {damage->count() == 0 ? 0 : kDamageFound, base::SecretText::take(std::move(text)), {}};
}

}  // namespace cript::server
