// The part of the transaction that knows custom words, and how old the side tables are.
#include "store/postgres/transaction.hpp"
#include "store/postgres/visible.hpp"

namespace cript::store::postgres {

namespace {

// In the order of bytes, as the other store has it.
const std::string kWords = R"sql(
    with visible as (
        select distinct w.vocabulary, w.word, w.unit, a.username
        from custom_word w
        join node n on n.id = w.node
        join account a on a.id = n.created_by
        where ($1 = '' or w.vocabulary = $1))sql" +
                           kVisible + R"sql()
    select vocabulary, word, unit, username
    from (select *, row_number() over (partition by vocabulary
                                       order by word collate "C", unit collate "C", username collate "C") as place
          from visible) as numbered
    where place <= $5
    order by vocabulary collate "C", place)sql";

}  // namespace

base::Result<std::vector<UsedWord>> Transaction::custom_words(AccountId caller, bool caller_is_admin,
                                                              std::string_view vocabulary, unsigned limit) {
    return guarded([&] {
        std::vector<UsedWord> words;
        auto rows = connection_.query(
            kWords.c_str(),
            Parameters(vocabulary, caller_is_admin, caller, numbering_.of(model::NodeType::Project), limit));
        words.reserve(rows.size());
        while (rows.step()) {
            words.push_back(
                {{std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2))},
                 std::string(rows.text(3))});
        }
        return words;
    });
}

base::Result<void> Transaction::set_custom_words(std::span<const CustomWordsChange> changes) {
    return guarded([&] {
        Array<NodeId> emptied;
        Array<NodeId> node;
        Array<std::string> vocabulary;
        Array<std::string> word;
        Array<std::string> unit;
        for (const auto& change : changes) {
            if (!change.is_new_node) emptied.add(change.node);
            for (const auto& entry : change.words) {
                node.add(change.node);
                vocabulary.add(entry.vocabulary);
                word.add(entry.word);
                unit.add(entry.unit);
            }
        }
        if (!emptied.empty())
            connection_.run("delete from custom_word where node = any($1)", Parameters(emptied));
        if (node.empty()) return;
        connection_.run(
            "insert into custom_word (node, vocabulary, word, unit) select * from unnest($1, $2, $3, $4)",
            Parameters(node, vocabulary, word, unit));
    });
}

base::Result<std::int64_t> Transaction::index_version() {
    return guarded([&] {
        auto rows = connection_.query("select version from index_version");
        return rows.step() ? rows.integer(0) : 0;
    });
}

base::Result<void> Transaction::set_index_version(std::int64_t version) {
    return guarded([&] { connection_.run("update index_version set version = $1", Parameters(version)); });
}

}  // namespace cript::store::postgres
