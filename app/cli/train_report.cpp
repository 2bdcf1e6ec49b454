#include "train_report.h"
#include "json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;
using learning::ErrorFigures;

QJsonObject toJson(const ErrorFigures& figures)
{
    return {{u"samples"_s, static_cast<qint64>(figures.count)},
            {u"mse"_s, number(figures.meanSquare)},
            {u"rmse"_s, number(figures.rms)},
            {u"mae"_s, number(figures.meanAbsolute)},
            {u"worst"_s, number(figures.worst)},
            {u"p999"_s, number(figures.most)},
            {u"r2"_s, number(figures.explained)}};
}

std::string shapeOf(const learning::Recipe& recipe)
{
    constexpr std::array<const char*, learning::activationCount> names{"ReLU", "SiLU", "softplus"};
    return fmt::format("{} hidden layers of {}, {}", recipe.net.layers, recipe.net.width,
                       names.at(static_cast<std::size_t>(recipe.net.activation)));
}

} // namespace

std::string toText(const learning::TrainedModel& model)
{
    const learning::Recipe& recipe = model.recipe;
    std::string out = fmt::format("{}: {}\n{}; {} even samples ({}), {} epochs of batches of {}, seed {}\n",
                                  recipe.teacher, model.teacher->about(), shapeOf(recipe), recipe.samples,
                                  recipe.dataHash, recipe.history.size(), recipe.batch, recipe.seed);
    if (!recipe.history.empty())
        out += fmt::format("Trained for {:.0f} s; the net of epoch {} is kept\n", recipe.history.back().seconds,
                           recipe.bestEpoch);
    out += "\nTrained within\n";
    for (const learning::InputRange& input : model.teacher->inputs())
        out += fmt::format("  {:<16}{:>8} to {:<8}{}\n", input.name, input.low, input.high, input.about);
    const ErrorFigures& all = recipe.errors.all;
    out += fmt::format(
        "\nErrors of price over strike on {} random samples that decided nothing\n"
        "  mean square {:.3g}, root {:.3g}, mean size {:.3g}, 99.9 % below {:.3g}, worst {:.3g}, R2 {:.9f}\n",
        all.count, all.meanSquare, all.rms, all.meanAbsolute, all.most, all.worst, all.explained);
    out += fmt::format("\n  {:<22}{:<18}{:>10}{:>12}{:>12}{:>12}\n", model.teacher->inputs()[0].name, "years",
                       "samples", "root", "worst", "bound");
    for (const learning::ErrorRegion& region : recipe.errors.regions)
        out += fmt::format("  {:<22}{:<18}{:>10}{:>12.3g}{:>12.3g}{:>12.3g}\n",
                           fmt::format("{:.3f} to {:.3f}", region.lowMoneyness, region.highMoneyness),
                           fmt::format("{:.3f} to {:.3f}", region.lowYears, region.highYears), region.figures.count,
                           region.figures.rms, region.figures.worst, region.bound);
    return out;
}

QJsonObject toJson(const learning::TrainedModel& model)
{
    const learning::Recipe& recipe = model.recipe;
    QJsonObject out = QJsonDocument::fromJson(QByteArray::fromStdString(learning::toJson(recipe))).object();
    QJsonArray regions, history;
    for (const learning::ErrorRegion& region : recipe.errors.regions) {
        QJsonObject each = toJson(region.figures);
        each.insert(QString::fromStdString(model.teacher->inputs()[0].name),
                    QJsonArray{region.lowMoneyness, region.highMoneyness});
        each.insert(u"years"_s, QJsonArray{region.lowYears, region.highYears});
        each.insert(u"bound"_s, number(region.bound));
        regions.append(each);
    }
    for (const learning::EpochFigures& each : recipe.history)
        history.append(QJsonObject{{u"epoch"_s, each.epoch},
                                   {u"seconds"_s, number(each.seconds)},
                                   {u"rate"_s, number(each.rate)},
                                   {u"loss"_s, number(each.loss)},
                                   {u"held_out_loss"_s, number(each.heldOutLoss)}});
    out.insert(u"errors"_s, toJson(recipe.errors.all));
    out.insert(u"regions"_s, regions);
    out.insert(u"history"_s, history);
    return out;
}

std::string errorPlot(const learning::TrainedModel& model)
{
    constexpr double width = 720, height = 360, left = 70, right = 20, top = 40, bottom = 50;
    const std::vector<learning::EpochFigures>& history = model.recipe.history;
    if (history.empty())
        return {};
    const double longest = std::max(1e-9, history.back().seconds);
    double low = 1e300, high = 0;
    for (const learning::EpochFigures& each : history) {
        for (const double loss : {each.loss, each.heldOutLoss}) {
            low = std::min(low, loss);
            high = std::max(high, loss);
        }
    }
    const double floor = std::floor(std::log10(std::max(low, 1e-300))),
                 ceiling = std::ceil(std::log10(std::max(high, low)));
    const double decades = std::max(1.0, ceiling - floor);
    const auto x = [&](double seconds) { return left + (width - left - right) * seconds / longest; };
    const auto y = [&](double loss) {
        return top + (height - top - bottom) * (ceiling - std::log10(std::max(loss, 1e-300))) / decades;
    };
    const auto line = [&](auto loss, const char* colour) {
        std::string points;
        for (const learning::EpochFigures& each : history)
            points += fmt::format("{:.1f},{:.1f} ", x(each.seconds), y(loss(each)));
        return fmt::format("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" points=\"{}\"/>\n", colour,
                           points);
    };
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        "<text x=\"{2}\" y=\"24\">{3}: mean square error of price over strike against training time</text>\n",
        width, height, left, model.recipe.teacher);
    for (double decade = floor; decade <= ceiling; ++decade) {
        const double at = y(std::pow(10, decade));
        out += fmt::format(
            "<line x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1f}\" "
            "text-anchor=\"end\">1e{:.0f}</text>\n",
            left, width - right, at, at, left - 8, at + 4, decade);
    }
    for (int part = 0; part <= 4; ++part)
        out += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{:.0f} s</text>\n",
                           x(longest * part / 4), height - bottom + 20, longest * part / 4);
    out += line([](const auto& each) { return each.loss; }, "#999");
    out += line([](const auto& each) { return each.heldOutLoss; }, "#c1440e");
    out += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"#c1440e\">held out</text><text x=\"{}\" y=\"{}\" "
                       "fill=\"#777\">trained on</text>\n",
                       width - 190, top + 14, width - 110, top + 14);
    return out + "</svg>\n";
}

} // namespace vegadesk::cli
