#include "backtest_report.h"

#include "market/calendar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

constexpr std::size_t sparklineWidth = 64;
constexpr std::size_t tradesShown = 12;

std::string shown(const backtest::Metric& metric)
{
    if (!std::isfinite(metric.value))
        return "not known";
    if (metric.unit == "fraction")
        return fmt::format("{:.2f} %", 100 * metric.value);
    if (metric.unit == "usd")
        return fmt::format("{}${:.2f}", metric.value < 0 ? "-" : "", std::abs(metric.value));
    if (metric.unit == "count")
        return fmt::format("{:.0f}", metric.value);
    if (metric.unit == "days")
        return fmt::format("{:.1f} days", metric.value);
    return fmt::format("{:.3f}", metric.value);
}

std::string sparkline(std::span<const backtest::EquityPoint> curve)
{
    static constexpr std::array<const char*, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    if (curve.size() < 2)
        return {};
    const auto byEquity = [](const backtest::EquityPoint& a, const backtest::EquityPoint& b) {
        return a.equity < b.equity;
    };
    const auto [low, high] = std::ranges::minmax_element(curve, byEquity);
    const double range = high->equity - low->equity;
    const std::size_t width = std::min(sparklineWidth, curve.size());
    std::string line;
    for (std::size_t column = 0; column < width; ++column) {
        const backtest::EquityPoint& point = curve[column * (curve.size() - 1) / (width - 1)];
        const double height = range > 0 ? (point.equity - low->equity) / range : 0;
        line += blocks[std::min<std::size_t>(blocks.size() - 1, static_cast<std::size_t>(height * blocks.size()))];
    }
    return fmt::format("{:.0f} {} {:.0f}\n(low {:.0f}, high {:.0f})", curve.front().equity, line, curve.back().equity,
                       low->equity, high->equity);
}

std::string intervals(const backtest::Bootstrap& drawn)
{
    const auto number = [](double value) {
        return std::isinf(value) ? std::string("no loss") : std::isnan(value) ? "?" : fmt::format("{:.3f}", value);
    };
    const auto line = [&](const char* name, const backtest::Interval& of) {
        return fmt::format("  {:<28}{:>16}\n", name, fmt::format("{} to {}", number(of.low), number(of.high)));
    };
    if (!std::isfinite(drawn.sharpe.low))
        return {};
    return fmt::format("\n5 to 95 % of {} draws, in blocks of {:.0f} days\n", drawn.settings.draws,
                       drawn.settings.meanBlock) +
           line("sharpe", drawn.sharpe) + line("max_drawdown", drawn.maxDrawdown) +
           line("profit_factor", drawn.profitFactor);
}

std::string attribution(const backtest::RunAttribution& from)
{
    if (from.trades.empty())
        return {};
    std::string out = "\nWhere the profit came from\n";
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i)
        out += fmt::format("  {:<28}{:>16.2f}\n", portfolio::toText(static_cast<portfolio::ProfitSource>(i)),
                           from.total.parts[i].toDouble());
    out += fmt::format("  {:<28}{:>16.2f}\n", "total", from.total.total().toDouble());
    out += from.lines.empty() ? "" : "\nOf the trades, as the strategy sees it\n";
    for (const strategies::AttributionLine& line : from.lines)
        out += fmt::format("  {:<28}{:>16.2f}\n", line.id, line.amount.toDouble());
    return out;
}

std::string basket(const backtest::Report& report)
{
    std::string out;
    for (const backtest::BasketEntry& name : report.basket)
        out += fmt::format("{}{} {:.2f} %", out.empty() ? "with " : ", ", name.underlying, 100 * name.weight);
    return out.empty() ? out : out + "\n";
}

std::string day(base::Instant at)
{
    return base::formatDate(market::newYorkDate(at));
}

} // namespace

std::string toText(const backtest::Report& report)
{
    std::string out = fmt::format("{} on {}, {} to {}{}\n{} snapshot{} of {}\n", report.config.strategy,
                                  report.underlying, base::formatDate(report.first), base::formatDate(report.last),
                                  report.isCancelled ? " (cancelled)" : "", report.snapshots,
                                  report.snapshots == 1 ? "" : "s", report.data);
    out += basket(report) + "\n";
    out += sparkline(report.equity) + "\n\n";
    for (const backtest::Metric& metric : report.metrics)
        out += fmt::format("  {:<28}{:>16}\n", metric.id, shown(metric));

    out += intervals(report.bootstrap) + attribution(report.attribution);
    if (!report.trades.empty())
        out += "\nTrades\n";
    const std::size_t skipped = report.trades.size() > tradesShown ? report.trades.size() - tradesShown : 0;
    if (skipped > 0)
        out += fmt::format("  … {} earlier ones are in --json\n", skipped);
    for (std::size_t i = skipped; i < report.trades.size(); ++i) {
        const backtest::Trade& trade = report.trades[i];
        out += fmt::format("  {} to {:<10} {:>10.2f}  {}; {}\n", day(trade.openedAt),
                           trade.isOpen ? "open" : day(trade.closedAt), trade.profit, trade.title,
                           trade.isOpen ? "open at the end" : trade.exitReason);
    }
    out += "\nTo keep in mind\n";
    for (const std::string& line : report.honesty)
        out += "  " + line + "\n";
    out += fmt::format("\n{:.2f} s, {:.0f} contract rows a second, decisions {}\n", report.seconds,
                       static_cast<double>(report.contractRows) / report.seconds, report.decisionHash);
    return out;
}

} // namespace vegadesk::cli
