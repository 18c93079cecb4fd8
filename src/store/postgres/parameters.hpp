#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/encoding.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "crypto/digest.hpp"

namespace cript::store::postgres {

// Values in PostgreSQL's binary format, network byte order (src/backend/utils/adt/*send of the server; the
// numbers of types stand in pg_type.dat and never change).

using TypeNumber = unsigned int;

inline void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xffU));
}

/// What a C++ type is on the wire. Every integer travels as bigint; columns may be smaller.
template <class Value>
struct Wire {
    static constexpr bool kIsBool = std::is_same_v<Value, bool>;
    static constexpr bool kIsInteger = !kIsBool && (std::is_integral_v<Value> || std::is_enum_v<Value>);
    static constexpr bool kIsFloat = std::is_same_v<Value, double>;
    static constexpr bool kIsTime = std::is_same_v<Value, base::Timestamp>;
    static constexpr bool kIsUuid = std::is_same_v<Value, base::Uuid>;
    static constexpr bool kIsText = std::is_convertible_v<const Value&, std::string_view>;
    static_assert(kIsBool || kIsInteger || kIsFloat || kIsTime || kIsUuid || kIsText ||
                  std::is_convertible_v<const Value&, base::ByteView>);

    static constexpr TypeNumber kType = kIsBool                 ? 16U
                                        : kIsInteger || kIsTime ? 20U
                                        : kIsFloat              ? 701U
                                        : kIsUuid               ? 2950U
                                        : kIsText               ? 25U
                                                                : 17U;
    static constexpr TypeNumber kArrayType = kIsBool                 ? 1000U
                                             : kIsInteger || kIsTime ? 1016U
                                             : kIsFloat              ? 1022U
                                             : kIsUuid               ? 2951U
                                             : kIsText               ? 1009U
                                                                     : 1001U;

    static void append(std::string& out, const Value& value) {
        if constexpr (kIsBool) {
            out.push_back(value ? '\1' : '\0');
        } else if constexpr (kIsInteger) {
            append_big_endian(out, static_cast<std::uint64_t>(static_cast<std::int64_t>(value)), 8);
        } else if constexpr (kIsFloat) {
            append_big_endian(out, std::bit_cast<std::uint64_t>(value), 8);
        } else if constexpr (kIsTime) {
            append_big_endian(out, static_cast<std::uint64_t>(value.microseconds), 8);
        } else if constexpr (kIsUuid) {
            out.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
        } else if constexpr (kIsText) {
            out.append(std::string_view(value));
        } else {
            const base::ByteView bytes = value;
            out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }
    }
};

/// A one-dimensional array under construction; a column of a statement that takes many rows at once.
template <class Value>
class Array {
  public:
    Array() {
        append_big_endian(bytes_, 1, 4);  // dimensions
        append_big_endian(bytes_, 1, 4);  // nulls are possible
        append_big_endian(bytes_, Wire<Value>::kType, 4);
        append_big_endian(bytes_, 0, 4);  // elements, known at the end
        append_big_endian(bytes_, 1, 4);  // lower bound
    }

    void add(const Value& value) {
        const auto length_at = bytes_.size();
        append_big_endian(bytes_, 0, 4);
        Wire<Value>::append(bytes_, value);
        write_at(length_at, bytes_.size() - length_at - 4);
        ++size_;
    }
    void add(const std::optional<Value>& value) {
        if (value) return add(*value);
        append_big_endian(bytes_, 0xffff'ffffU, 4);  // a length of -1: null
        ++size_;
    }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// Its bytes as the server takes them.
    [[nodiscard]] std::string_view finished() {
        write_at(12, size_);
        return bytes_;
    }

  private:
    void write_at(std::size_t at, std::size_t value) {
        for (unsigned i = 0; i < 4; ++i)
            bytes_[at + i] = static_cast<char>((value >> (24U - 8U * i)) & 0xffU);
    }

    std::string bytes_;
    std::size_t size_ = 0;
};

template <class Range>
[[nodiscard]] auto array_of(const Range& values) {
    Array<std::remove_cvref_t<decltype(*values.begin())>> array;
    for (const auto& value : values) array.add(value);
    return array;
}

/// The parameters of one statement, encoded.
class Parameters {
  public:
    template <class... Values>
    explicit Parameters(Values&&... values) {
        (add(values), ...);
    }

    [[nodiscard]] int count() const { return static_cast<int>(slots_.size()); }
    [[nodiscard]] std::vector<TypeNumber> types() const;
    /// Pointers into this object; null for a null.
    [[nodiscard]] std::vector<const char*> values() const;
    [[nodiscard]] std::vector<int> lengths() const;

    // One more, for statements whose parameters are known at run time only.
    template <class Value>
    void add(const Value& value) {
        const auto offset = bytes_.size();
        Wire<Value>::append(bytes_, value);
        slots_.push_back({Wire<Value>::kType, offset, bytes_.size() - offset, false});
    }
    template <class Value>
    void add(const std::optional<Value>& value) {
        if (value) return add(*value);
        slots_.push_back({Wire<Value>::kType, 0, 0, true});
    }
    template <class Value>
    void add(Array<Value>& array) {
        const auto offset = bytes_.size();
        bytes_.append(array.finished());
        slots_.push_back({Wire<Value>::kArrayType, offset, bytes_.size() - offset, false});
    }

  private:
    struct Slot {
        TypeNumber type;
        std::size_t offset;
        std::size_t length;
        bool is_null;
    };

    std::string bytes_;
    std::vector<Slot> slots_;
};

}  // namespace cript::store::postgres
