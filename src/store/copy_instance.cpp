#include "store/copy_instance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "store/copy_note.hpp"

namespace cript::store {

namespace {

using base::ErrorKind;
using base::fail;
using Phase = CopyProgress::Phase;

/// Copies one instance. The steps are those of run(), in order.
class Copying {
  public:
    Copying(TableReader& source, UnfinishedCopy& target, const ReportCopy& report)
        : source_(source), target_(target), report_(report) {}

    base::Result<Manifest> run() {
        CRIPT_CHECK(read_source());
        CRIPT_CHECK(begin_or_go_on());
        CRIPT_CHECK(copy_tables());
        CRIPT_CHECK(set_last_ids());
        CRIPT_CHECK(compare());
        CRIPT_CHECK(target_.finish());
        return note_.source;
    }

  private:
    void count(std::uint64_t rows) {
        progress_.rows += rows;
        tell(progress_);
    }
    void tell(const CopyProgress& progress) {
        progress_ = progress;
        if (report_) report_(progress_);
    }

    base::Result<void> read_source() {
        tell({Phase::Reading, 0, 0});
        auto manifest = take_manifest(source_, [this](const Table&, std::uint64_t rows) { count(rows); });
        CRIPT_CHECK(manifest);
        note_.source = std::move(*manifest);
        return {};
    }

    base::Result<void> begin_or_go_on() {
        auto text = target_.note();
        CRIPT_CHECK(text);
        if (!*text) return target_.begin(to_text(note_));
        auto earlier = read_copy_note(**text);
        if (!earlier)
            return fail(ErrorKind::Conflict,
                        target_.name() + " is the beginning of something else than a copy");
        if (const auto names = differing_tables(earlier->source, note_.source); !names.empty()) {
            return fail(
                ErrorKind::Conflict,
                fmt::format("{} is the beginning of a copy of something else, or {} has changed since "
                            "(in: {})",
                            target_.name(), source_.name(), names));
        }
        note_ = std::move(*earlier);
        return {};
    }

    base::Result<void> copy_tables() {
        tell({Phase::Copying, note_.rows, note_.source.rows()});
        const auto tables = instance_tables();
        auto next = tables.begin();
        if (!note_.table.empty()) {
            next = std::ranges::find(tables, note_.table, &Table::name);
            if (next == tables.end())
                return fail(ErrorKind::Conflict, "the copy was begun by another version");
        }
        for (; next != tables.end(); ++next) CRIPT_CHECK(copy_table(*next));
        return {};
    }

    base::Result<void> copy_table(const Table& table) {
        if (note_.table != table.name) {
            note_.table = table.name;
            note_.key.clear();
        }
        while (true) {
            auto rows = source_.rows_after(table, note_.key, table.portion);
            CRIPT_CHECK(rows);
            if (rows->empty()) return {};
            const auto& last = rows->back();
            note_.key.assign(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(table.key_size));
            note_.rows += rows->size();
            CRIPT_CHECK(target_.append(table, *rows, to_text(note_)));
            count(rows->size());
        }
    }

    base::Result<void> set_last_ids() {
        for (const auto& entry : note_.source.entries) {
            const auto& table = instance_table(entry.table);
            if (table.ids != Ids::None) CRIPT_CHECK(target_.set_last_id(table, entry.last_id));
        }
        return {};
    }

    base::Result<void> compare() {
        tell({Phase::Checking, 0, note_.source.rows()});
        auto reader = target_.read();
        CRIPT_CHECK(reader);
        auto arrived = take_manifest(**reader, [this](const Table&, std::uint64_t rows) { count(rows); });
        CRIPT_CHECK(arrived);
        const auto names = differing_tables(note_.source, *arrived);
        if (names.empty()) return {};
        return fail(ErrorKind::Internal,
                    fmt::format("the copy came out different from its source in: {}", names));
    }

    TableReader& source_;
    UnfinishedCopy& target_;
    const ReportCopy& report_;
    CopyNote note_;
    CopyProgress progress_;
};

}  // namespace

base::Result<Manifest> copy_instance(TableReader& source, UnfinishedCopy& target, const ReportCopy& report) {
    return Copying(source, target, report).run();
}

}  // namespace cript::store
