#include "market/broad_index.h"

#include <algorithm>
#include <array>

namespace vegadesk::market
{

namespace
{

constexpr std::array<BroadIndex, 10> indices{{
    {"SPX", ExerciseStyle::European, Settlement::AM},
    {"XSP", ExerciseStyle::European, Settlement::PM},
    {"NDX", ExerciseStyle::European, Settlement::AM},
    {"XND", ExerciseStyle::European, Settlement::PM},
    {"RUT", ExerciseStyle::European, Settlement::AM},
    {"MRUT", ExerciseStyle::European, Settlement::PM},
    {"DJX", ExerciseStyle::European, Settlement::AM},
    {"VIX", ExerciseStyle::European, Settlement::AM},
    {"OEX", ExerciseStyle::American, Settlement::PM},
    {"XEO", ExerciseStyle::European, Settlement::PM},
}};

} // namespace

const BroadIndex* broadIndex(std::string_view symbol)
{
    const auto known = std::ranges::find(indices, symbol, &BroadIndex::symbol);
    return known == indices.end() ? nullptr : &*known;
}

} // namespace vegadesk::market
