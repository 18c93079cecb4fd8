#include "model/units/unit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <clocale>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "model/model.hpp"

namespace cript::model {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

json facts() {
    std::ifstream file(CRIPT_SOURCE_DIR "/tests/data/units.json");
    return json::parse(file);
}

Unit unit(std::string_view text) {
    auto read = parse_unit(text);
    if (!read) {
        ADD_FAILURE() << text << ": " << read.error().message;
        return {};
    }
    return *read;
}

std::string refusal(std::string_view text) {
    const auto read = parse_unit(text);
    if (read) return "accepted";
    EXPECT_EQ(read.error().kind, base::ErrorKind::InvalidInput);
    return read.error().message;
}

bool is_close(double left, double right) {
    return left == right || std::abs(left - right) <= 1e-12 * std::abs(right);
}

void expect_same(std::string_view text, const Unit& left, const Unit& right) {
    EXPECT_TRUE(is_close(left.factor, right.factor)) << text << " " << left.factor << " " << right.factor;
    EXPECT_TRUE(is_close(left.offset, right.offset)) << text << " " << left.offset << " " << right.offset;
    EXPECT_TRUE(is_same(left.dimension, right.dimension)) << text;
}

TEST(Units, AreWhatPintMakesOfThem) {
    const auto file = facts();
    EXPECT_GE(file["units"].size(), 180U);
    for (const auto& [text, fact] : file["units"].items()) {
        expect_same(text, unit(text), Unit{fact[0], fact[1], fact[2], true});
    }
}

TEST(Units, OfBothVocabulariesCanBeRead) {
    const auto older = facts()["vocabulary_of_2022"];
    EXPECT_GE(older.size(), 110U);
    for (const auto& text : older) (void)unit(text.get<std::string>());
    std::size_t count = 0;
    for (std::size_t at = 0; at < kVocabularyCount; ++at) {
        for (const auto& term : terms(static_cast<Vocabulary>(at))) {
            const auto record = json::parse(term.json);
            for (const auto* key : {"si_unit", "preferred_unit"}) {
                if (!record.contains(key)) continue;
                (void)unit(record[key].get<std::string>());
                ++count;
            }
        }
    }
    EXPECT_GE(count, 400U);
}

TEST(Units, OddWordsOfTheVocabulariesMeanWhatIsPlainlyMeant) {
    expect_same("Rad", unit("Rad"), unit("radian"));
    expect_same("Angstrom", unit("Angstrom"), unit("angstrom"));
    expect_same("Mpa", unit("Mpa"), unit("MPa"));
    expect_same("kj/mol", unit("kj/mol"), unit("kJ/mol"));
    expect_same("wt%", unit("wt%"), unit("0.01"));
    for (const auto* text : {"kBT", "kBT/nm", "kBT/nm^3", "user-define", "dB"})
        EXPECT_FALSE(unit(text).is_definite) << text;
}

TEST(Units, ThatArePutTogetherInAnyWayOfPint) {
    const auto expected = unit("J/mol/K");
    for (const auto* text : {"kilogram * meter ** 2 / kelvin / mole / second ** 2", "J/(mol K)", "J/(mol*K)",
                             "J mol^-1 K^-1", "J·mol⁻¹·K⁻¹", "J × mol**-1 × K**-1", "J per mol per K",
                             "joules/mole/kelvin", "  J / mol / K ", "J/mol (K)", "(J)(1/mol)/K",
                             "kilogram square meter / second squared / mol / K", "J\u00a0mol\u2009⁻¹/K",
                             "1 J/mol/K", "J ** (2/2) / mol ** 1.0 / K ** (1)", "J * mol ** \u22121 / K"}) {
        expect_same(text, unit(text), expected);
    }
}

TEST(Units, MayHaveFractionsAsExponents) {
    expect_same("MPa ** 0.5", unit("MPa ** 0.5"), unit("(J/cm**3)**(1/2)"));
    EXPECT_DOUBLE_EQ(unit("MPa ** 0.5").factor, 1000);
    expect_same("m**(1/3)", unit("(m**(1/3))**3"), unit("m"));
    expect_same("m**2**3", unit("m**2**3"), unit("m**8"));
}

TEST(Units, OfNoDimensionAreNumbers) {
    for (const auto* text : {"", " ", "dimensionless", "1", "m/m", "rad"})
        expect_same(text, unit(text), Unit{});
    EXPECT_DOUBLE_EQ(unit("percent").factor, 0.01);
    EXPECT_NEAR(unit("degree").factor, 0.017453292519943295, 1e-17);
}

TEST(Units, OfTemperatureHaveAZeroOfTheirOwnOnlyWhenTheyStandAlone) {
    EXPECT_DOUBLE_EQ(unit("degC").to_si(25), 298.15);
    EXPECT_DOUBLE_EQ(unit("celsius").to_si(-273.15), 0);
    EXPECT_NEAR(unit("degF").to_si(212), 373.15, 1e-10);
    EXPECT_DOUBLE_EQ(unit("°C").to_si(0), 273.15);
    EXPECT_DOUBLE_EQ(unit("delta_degC").to_si(25), 25);
    EXPECT_DOUBLE_EQ(unit("degC/min").offset, 0);
    EXPECT_DOUBLE_EQ(unit("1/degC").to_si(1), 1);
    EXPECT_EQ(refusal("mdegC"), "'mdegC' is not a unit (character 1 of 'mdegC')");
}

TEST(Units, ConvertValuesWithTheZeroOfTheirScale) {
    EXPECT_NEAR(*convert(25, unit("degC"), unit("degF")), 77, 1e-9);
    EXPECT_DOUBLE_EQ(*convert(1, unit("kcal/mol"), unit("kJ/mol")), 4.184);
    EXPECT_DOUBLE_EQ(*convert(5200, unit("g/mol"), unit("kilogram / mole")), 5.2);
}

TEST(Units, ConvertUncertaintiesWithoutIt) {
    EXPECT_DOUBLE_EQ(*convert_uncertainty(0.5, unit("degC"), unit("K")), 0.5);
    EXPECT_NEAR(*convert_uncertainty(1, unit("degC"), unit("degF")), 1.8, 1e-12);
    EXPECT_DOUBLE_EQ(unit("degC").uncertainty_to_si(0.5), 0.5);
}

TEST(Units, OfAnotherDimensionAreNotConverted) {
    const auto converted = convert(1, unit("GPa"), unit("J"));
    ASSERT_FALSE(converted);
    EXPECT_THAT(converted.error().message,
                HasSubstr("'kilogram / meter / second ** 2' is of another dimension"));
    EXPECT_FALSE(convert(1, unit("kBT"), unit("J")));
}

TEST(Units, ThatCannotBeReadSayWhere) {
    EXPECT_EQ(refusal("kg/foo"), "'foo' is not a unit (character 4 of 'kg/foo')");
    EXPECT_EQ(refusal("µm·bar·baz"), "'baz' is not a unit (character 8 of 'µm·bar·baz')");
    EXPECT_EQ(refusal("kg **"), "the unit breaks off (character 6 of 'kg **')");
    EXPECT_EQ(refusal("(kg"), "a ')' is missing (character 4 of '(kg')");
    EXPECT_EQ(refusal("kg)"), "')' makes no sense here (character 3 of 'kg)')");
    EXPECT_EQ(refusal("kg m 2"), "write ** for a power, * for a product (character 6 of 'kg m 2')");
    EXPECT_EQ(refusal("m**kg"), "an exponent is a number, not 'kg' (character 4 of 'm**kg')");
    EXPECT_EQ(refusal("kg m (s)**2"),
              "write * before the parenthesis that has an exponent (character 9 of 'kg m (s)**2')");
    EXPECT_EQ(refusal("m**2 (s)"), "write * before the parenthesis (character 6 of 'm**2 (s)')");
    EXPECT_THAT(refusal("-m"), HasSubstr("'-' makes no sense here"));
    EXPECT_THAT(refusal("0 m"), HasSubstr("a factor is more than 0"));
    EXPECT_THAT(refusal("m**1000"), HasSubstr("an exponent is at most 100"));
    EXPECT_THAT(refusal("Ym**99"), HasSubstr("too large"));
    EXPECT_THAT(refusal(std::string(100, '(')), HasSubstr("too many parentheses"));
    EXPECT_THAT(refusal("m²³⁻"), HasSubstr("makes no sense"));
    EXPECT_THAT(refusal("1,000 m"), HasSubstr("','"));
}

TEST(Units, AreReadTheSameInEveryLocale) {
    const char* former = std::setlocale(LC_NUMERIC, nullptr);
    const std::string kept = former == nullptr ? "C" : former;
    if (std::setlocale(LC_NUMERIC, "de_DE.UTF-8") == nullptr) std::setlocale(LC_NUMERIC, "C.UTF-8");
    EXPECT_DOUBLE_EQ(unit("0.5 m").factor, 0.5);
    EXPECT_EQ(format_unit(unit("0.5 m**0.5")), "0.5 * meter ** 0.5");
    std::setlocale(LC_NUMERIC, kept.c_str());
}

TEST(Units, AreWrittenAsTheVocabulariesWriteThem) {
    EXPECT_EQ(format_unit(unit("J/mol/K")), "kilogram * meter ** 2 / kelvin / mole / second ** 2");
    EXPECT_EQ(format_unit(unit("1/K")), "1 / kelvin");
    EXPECT_EQ(format_unit(unit("kPa")), "1000 * kilogram / meter / second ** 2");
    EXPECT_EQ(format_unit(unit("degF")), "degree_Fahrenheit");
    EXPECT_EQ(format_unit(unit("rad")), "dimensionless");
    EXPECT_EQ(si_unit_of(unit("cm^3 * mole/gram^2").dimension), "meter ** 3 * mole / kilogram ** 2");
    EXPECT_EQ(si_unit_of({}), "");
}

TEST(Units, AreReadAgainFromWhatIsWritten) {
    for (const auto& [text, fact] : facts()["units"].items())
        expect_same(text, unit(format_unit(unit(text))), unit(text));
}

RC_GTEST_PROP(Units, OfAnyDimensionAndSizeAreReadAgain, ()) {
    Unit any;
    any.factor = std::pow(10.0, *rc::gen::inRange(-200, 200)) * *rc::gen::inRange(1, 1000);
    for (auto& exponent : any.dimension) exponent = *rc::gen::inRange(-24, 24) / 6.0;
    const auto text = format_unit(any);
    const auto again = parse_unit(text);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->factor == any.factor);
    RC_ASSERT(is_same(again->dimension, any.dimension));
}

}  // namespace
}  // namespace cript::model
