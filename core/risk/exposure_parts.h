#pragma once

#include "risk/exposure.h"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What exposure.h adds up, before it is added up: BookCache keeps it.
namespace vegadesk::risk
{

using Quantities = std::map<std::string, base::Quantity, std::less<>>;

/// What the positions in one underlying, an order, or a working order add.
struct ExposurePart {
    std::array<double, sizeCells.size()> stress{}; ///< profit in each cell, cash
    double dollarDelta = 0;
    double premium = 0;
    double entryCost = 0;
    bool isSpotStale = false, isOld = false; ///< as in Exposure
    Quantities quantities;                   ///< signed, by symbol

    /// Both together, at what each costs.
    void add(const ExposurePart& other);
};

/// Everything in one underlying that an order comes on top of.
struct BookParts {
    ExposurePart positions;
    std::vector<ExposurePart> working;
    std::vector<std::string> unknown; ///< in words, as in Exposure
};

/// What is not known stays not known: std::max(0.0, value) would make zero of NaN.
inline double positivePart(double value)
{
    return value < 0 ? 0 : value;
}

double spotOf(const InstrumentState& instrument);
/// Where the quote says nothing, what the model makes of the volatility.
double markOf(const InstrumentState& instrument);
/// Model value of one share's worth, under a cell; NaN where a number it needs is not known.
double valueOf(const InstrumentState& instrument, const StressCell& cell);

BookParts bookPartsOf(std::string_view underlying, const GateState& state, BookCache& book);
ExposurePart partOfOrder(const portfolio::OrderIntent& order, const GateState& state, BookCache& book,
                         std::vector<std::string>& unknown);

} // namespace vegadesk::risk
