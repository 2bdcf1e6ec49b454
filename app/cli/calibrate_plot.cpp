#include "calibrate_plot.h"

#include "base/escaped_text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace vegadesk::cli
{

namespace
{

constexpr double panelWidth = 290, panelHeight = 190, header = 44; // pixels
constexpr double left = 40, right = 10, top = 24, bottom = 24;     // around a panel's plot
constexpr std::size_t mostColumns = 4;

struct Axis {
    double low = 0, high = 1, from = 0, to = 1; // values, and pixels

    double at(double value) const { return from + (value - low) / (high - low) * (to - from); }
    bool holds(double value) const { return value >= low && value <= high; }
    /// Round values, three to six of them.
    std::vector<double> ticks() const
    {
        const double rough = (high - low) / 4, power = std::pow(10, std::floor(std::log10(rough)));
        const double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
        std::vector<double> out;
        for (double tick = std::ceil(low / step) * step; tick <= high + 1e-9 * step; tick += step)
            out.push_back(tick);
        return out;
    }
};

struct Panel {
    Axis strike, vol;
};

Panel panelOf(const FittedExpiry& expiry, double x, double y)
{
    const pricing::SmileQuotes& quotes = expiry.quotes;
    const auto [least, most] = std::ranges::minmax(quotes.mid);
    const auto [leastFit, mostFit] = std::ranges::minmax(expiry.fitted);
    const double low = std::min(least, leastFit), high = std::max(most, mostFit);
    const double margin = 0.08 * std::max(high - low, 0.01);
    const double first = expiry.forward * std::exp(quotes.k.front()), last = expiry.forward * std::exp(quotes.k.back());
    const double side = 0.04 * std::max(last - first, 0.01 * first);
    return {{first - side, last + side, x + left, x + panelWidth - right},
            {std::max(0.0, low - margin), high + margin, y + panelHeight - bottom, y + top}};
}

/// A line from one end of the quotes to the other; out of the panel it is not drawn.
std::string curveOf(const FittedExpiry& expiry, const Panel& panel)
{
    std::vector<std::pair<double, double>> points;
    const pricing::SmileQuotes& quotes = expiry.quotes;
    if (expiry.slice) {
        constexpr int steps = 100;
        for (int i = 0; i <= steps; ++i) {
            const double k = quotes.k.front() + (quotes.k.back() - quotes.k.front()) * i / steps;
            points.emplace_back(k, std::sqrt(expiry.slice->svi.totalVariance(k) / expiry.slice->years));
        }
    } else {
        for (std::size_t i = 0; i < quotes.size(); ++i)
            points.emplace_back(quotes.k[i], expiry.fitted[i]);
    }
    std::string out;
    for (const auto& [k, vol] : points) {
        if (panel.vol.holds(vol))
            out += fmt::format("{}{:.1f} {:.1f}", out.empty() ? "M" : " ",
                               panel.strike.at(expiry.forward * std::exp(k)), panel.vol.at(vol));
    }
    return fmt::format("<path fill=\"none\" stroke=\"#d35400\" stroke-width=\"1.4\" d=\"{}\"/>\n", out);
}

std::string quotesOf(const FittedExpiry& expiry, const Panel& panel)
{
    std::string whiskers, dots;
    const pricing::SmileQuotes& quotes = expiry.quotes;
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        const double x = panel.strike.at(expiry.forward * std::exp(quotes.k[i]));
        const double bid = std::clamp(quotes.bid[i], panel.vol.low, panel.vol.high);
        const double ask = std::clamp(quotes.ask[i], panel.vol.low, panel.vol.high);
        if (ask > bid)
            whiskers += fmt::format("M{:.1f} {:.1f}V{:.1f}", x, panel.vol.at(bid), panel.vol.at(ask));
        dots += fmt::format("M{:.1f} {:.1f}h0", x, panel.vol.at(quotes.mid[i])); // a round end of no length is a dot
    }
    return fmt::format("<path fill=\"none\" stroke=\"#8fb0d0\" stroke-width=\"1.4\" d=\"{}\"/>\n<path fill=\"none\" "
                       "stroke=\"#1f5f99\" stroke-width=\"3\" stroke-linecap=\"round\" d=\"{}\"/>\n",
                       whiskers, dots);
}

std::string axesOf(const FittedExpiry& expiry, const Panel& panel)
{
    const Axis &x = panel.strike, &y = panel.vol;
    std::string grid, labels;
    for (const double tick : x.ticks()) {
        grid += fmt::format("M{:.1f} {:.1f}V{:.1f}", x.at(tick), y.from, y.to);
        labels += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:g}</text>\n", x.at(tick),
                              y.from + 14, tick);
    }
    for (const double tick : y.ticks()) {
        grid += fmt::format("M{:.1f} {:.1f}H{:.1f}", x.from, y.at(tick), x.to);
        labels += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{:g} %</text>\n", x.from - 4,
                              y.at(tick) + 3.5, 100 * tick);
    }
    const std::string title =
        fmt::format("<text font-size=\"11\" fill=\"#111\" x=\"{:.1f}\" y=\"{:.1f}\">{:.0f} days, {} quotes, RMSE "
                    "{:.2f} points</text>\n",
                    x.from, y.to - 8, 365 * expiry.years, expiry.quality.quotes, 100 * expiry.quality.rootMeanSquare);
    return fmt::format("<path fill=\"none\" stroke=\"#e4e4e4\" d=\"{}\"/>\n{}{}", grid, labels, title);
}

} // namespace

std::string toSvg(const CalibrationReport& report)
{
    const std::size_t count = report.expiries.size();
    const std::size_t columns = std::clamp<std::size_t>(
        static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count)))), 1, mostColumns);
    const std::size_t rows = (count + columns - 1) / columns;
    const double width = panelWidth * static_cast<double>(std::max<std::size_t>(columns, 2));
    const double height = header + panelHeight * static_cast<double>(rows);
    const std::string inside =
        std::isfinite(report.quality.insideShare)
            ? fmt::format(", the fit is inside bid and ask at {:.1f} %", 100 * report.quality.insideShare)
            : std::string();
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
        "{1:.0f}\">\n"
        "<g font-family=\"sans-serif\" font-size=\"10\" fill=\"#444\">\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        "<text font-size=\"14\" fill=\"#111\" x=\"{2:.0f}\" y=\"22\">{3} on {4}</text>\n"
        "<text x=\"{2:.0f}\" y=\"38\">{5} quotes, RMSE {6:.3f} points{7}. Dots: {8}. Line: the fit. "
        "Volatility over strike.</text>\n",
        width, height, left, report.model, base::xmlText(report.source), report.quality.quotes,
        100 * report.quality.rootMeanSquare, inside,
        std::isfinite(report.quality.insideShare) ? "mids, with bid and ask" : "the file's volatilities");
    for (std::size_t i = 0; i < count; ++i) {
        const FittedExpiry& expiry = report.expiries[i];
        const Panel panel = panelOf(expiry, panelWidth * static_cast<double>(i % columns),
                                    header + panelHeight * static_cast<double>(i / columns));
        out += axesOf(expiry, panel) + quotesOf(expiry, panel) + curveOf(expiry, panel);
    }
    return out + "</g>\n</svg>\n";
}

} // namespace vegadesk::cli
