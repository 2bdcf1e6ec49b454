#pragma once

#include "pricing/model.h"

#include <QJsonObject>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::cli
{

/// One option's value by one engine, or by two to be compared.
struct PriceReport {
    pricing::ModelInfo model;
    base::Parameters parameters;
    bool isCall = false;
    pricing::MarketPoint market;
    double strike = 0, years = 0;
    std::vector<std::pair<std::string, pricing::Greeks>> values; ///< by engine
    std::optional<pricing::HigherGreeks> higher;                 ///< ours, where the model has them in closed form
    std::optional<double> bound;                                 ///< of the network's price, that it came with
    std::string note;              ///< why the network was not asked; empty: it was, or nobody wanted it
    std::set<std::string> assumed; ///< parameters that were not given: their usual values
};

std::string toText(const PriceReport& report);
QJsonObject toJson(const PriceReport& report);

} // namespace vegadesk::cli
