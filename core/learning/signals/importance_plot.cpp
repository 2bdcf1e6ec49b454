#include "learning/signals/importance_plot.h"

#include "base/escaped_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr double width = 640, left = 170, right = 60, top = 8, rowHeight = 20, barHeight = 12;
constexpr auto ink = "#7a7f87", bar = "#2f7fd0";

std::string label(double x, double y, const char* anchor, std::string_view words)
{
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\">{}</text>\n", x, y, anchor, ink,
                       base::xmlText(words));
}

} // namespace

std::string importancePlot(std::span<const FeatureShare> importance, std::string_view title)
{
    double most = 0;
    for (const FeatureShare& each : importance)
        most = std::max(most, each.share);
    const double height = 2 * top + rowHeight * static_cast<double>(importance.size());
    std::string out =
        fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" "
                    "font-family=\"sans-serif\" font-size=\"12\">\n<title>{}</title>\n",
                    width, height, base::xmlText(title));
    double y = top;
    for (const FeatureShare& each : importance) {
        const double length = most > 0 ? (width - left - right) * each.share / most : 0;
        out += label(left - 8, y + barHeight, "end", each.feature);
        out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n", left,
                           y + (rowHeight - barHeight) / 2, length, barHeight, bar);
        out += label(left + length + 6, y + barHeight, "start", fmt::format("{:.1f} %", 100 * each.share));
        y += rowHeight;
    }
    return out + "</svg>\n";
}

} // namespace vegadesk::learning::market_signals
