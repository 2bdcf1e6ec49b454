#pragma once

#include "desk/views.h"
#include "market/symbols.h"

#include <memory>
#include <vector>

/// Chains for the tests of the window: strikes with prices, nothing random.
namespace vegadesk::test
{

inline desk::ChainCell chainCell(market::Right right, double strike, double bid, double ask)
{
    market::OptionTerms terms;
    terms.root = "SPY";
    terms.expiry = base::makeDate(2026, 12, 18);
    terms.right = right;
    terms.strike = base::Decimal::fromDouble(strike).value();
    desk::ChainCell cell;
    cell.symbol = market::toOccSymbol(terms).value();
    cell.bid = bid;
    cell.ask = ask;
    cell.mark = (bid + ask) / 2;
    cell.bidSize = cell.askSize = 10;
    cell.iv = 0.155;
    cell.delta = right == market::Right::Call ? 0.5 : -0.5;
    cell.gamma = 0.012;
    cell.theta = -0.05;
    cell.vega = 0.6;
    cell.volume = 1590;
    cell.openInterest = 10120;
    return cell;
}

/// `count` strikes from `lowest` in steps of five, spot as given.
inline desk::ChainView chainView(double spot, double lowest = 500, int count = 40)
{
    desk::ChainView view;
    view.version = 1;
    view.layout = 1;
    view.underlying = "SPY";
    view.spot = spot;
    view.change = 1.83;
    view.changeFraction = 0.0031;
    view.atmVolatility = 0.152;
    view.expectedMove = 25.93;
    for (const unsigned day : {4U, 11U, 18U})
        view.tabs.push_back({base::makeDate(2026, 12, day), "SPY", static_cast<int>(day),
                             market::ExpirationType::Weekly, market::Settlement::PM});
    view.selected = 2;
    for (int row = 0; row < count; ++row) {
        const double strike = lowest + 5 * row;
        view.rows.push_back({strike, chainCell(market::Right::Call, strike, 8.00, 8.08),
                             chainCell(market::Right::Put, strike, 2.10, 2.18)});
    }
    return view;
}

inline std::shared_ptr<const desk::ChainView> shared(desk::ChainView view)
{
    return std::make_shared<const desk::ChainView>(std::move(view));
}

} // namespace vegadesk::test
