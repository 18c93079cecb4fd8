// The part of the transaction that knows custom words, and how old the side tables are.
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/visible.hpp"

namespace cript::store::sqlite {

namespace {

const std::string kWords = R"sql(
    with visible as (
        select distinct w.vocabulary, w.word, w.unit, a.username
        from custom_word w
        cross join node n on n.id = w.node
        cross join account a on a.id = n.created_by
        where (:vocabulary = '' or w.vocabulary = :vocabulary))sql" +
                           kVisible + R"sql()
    select vocabulary, word, unit, username
    from (select *, row_number() over (partition by vocabulary order by word, unit, username) as place
          from visible)
    where place <= :limit
    order by 1, 2, 3, 4)sql";

}  // namespace

base::Result<std::vector<UsedWord>> Transaction::custom_words(AccountId caller, bool caller_is_admin,
                                                              std::string_view vocabulary, unsigned limit) {
    return guarded([&] {
        std::vector<UsedWord> words;
        auto query = connection_.query(kWords.c_str());
        query.bind(vocabulary, caller_is_admin, caller, numbering_.of(model::NodeType::Project), limit);
        while (query.step()) {
            words.push_back(
                {{std::string(query.text(0)), std::string(query.text(1)), std::string(query.text(2))},
                 std::string(query.text(3))});
        }
        return words;
    });
}

base::Result<void> Transaction::set_custom_words(std::span<const CustomWordsChange> changes) {
    return guarded([&] {
        auto remove = connection_.query("delete from custom_word where node = :node");
        auto insert = connection_.query(
            "insert into custom_word (vocabulary, word, unit, node) values (:vocabulary, :word, :unit, "
            ":node)");
        for (const auto& change : changes) {
            if (!change.is_new_node) remove.bind(change.node).run();
            for (const auto& word : change.words)
                insert.bind(word.vocabulary, word.word, word.unit, change.node).run();
        }
    });
}

base::Result<std::int64_t> Transaction::index_version() {
    return guarded([&] {
        auto query = connection_.query("select version from index_version");
        return query.step() ? query.integer(0) : 0;
    });
}

base::Result<void> Transaction::set_index_version(std::int64_t version) {
    return guarded(
        [&] { connection_.query("update index_version set version = :version").bind(version).run(); });
}

}  // namespace cript::store::sqlite
