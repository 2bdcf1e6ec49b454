#include "learning/training/recipe.h"

#include "base/escaped_text.h"
#include "learning/packed_network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <optional>
#include <simdjson.h>
#include <utility>

namespace vegadesk::learning
{

namespace
{

constexpr std::array<std::string_view, activationCount> activationNames{"relu", "silu", "softplus"};

std::string numberText(double value)
{
    return std::isfinite(value) ? fmt::format("{}", value) : "null";
}

std::string numbers(std::initializer_list<double> values)
{
    std::vector<std::string> texts;
    for (const double value : values)
        texts.push_back(numberText(value));
    return fmt::format("[{}]", fmt::join(texts, ","));
}

std::string figuresText(const ErrorFigures& figures)
{
    return numbers({static_cast<double>(figures.count), figures.meanSquare, figures.meanAbsolute, figures.worst,
                    figures.most, figures.explained});
}

/// Reads what toJson() wrote; the first fault stays.
class Reader
{
public:
    explicit Reader(simdjson::dom::element root) : m_root(root) {}

    std::string text(std::string_view key)
    {
        std::string_view value;
        if (m_root[key].get(value) != simdjson::SUCCESS)
            fail(key, "a text");
        return std::string(value);
    }
    double number(std::string_view key)
    {
        double value = 0;
        if (m_root[key].get(value) != simdjson::SUCCESS)
            fail(key, "a number");
        return value;
    }
    double numberOr(std::string_view key, double fallback)
    {
        simdjson::dom::element found;
        return m_root[key].get(found) == simdjson::SUCCESS ? number(key) : fallback;
    }
    template<class Integer>
    Integer whole(std::string_view key)
    {
        std::uint64_t value = 0;
        if (m_root[key].get(value) != simdjson::SUCCESS || !std::in_range<Integer>(value))
            fail(key, "a whole number");
        return static_cast<Integer>(value);
    }
    /// The rows of a table of numbers, each of `columns`; null is NaN.
    std::vector<std::vector<double>> table(std::string_view key, std::size_t columns)
    {
        std::vector<std::vector<double>> out;
        simdjson::dom::array rows;
        if (m_root[key].get(rows) != simdjson::SUCCESS)
            fail(key, "a list");
        else
            for (const simdjson::dom::element row : rows)
                out.push_back(rowOf(key, row, columns));
        return out;
    }
    std::vector<std::string> texts(std::string_view key)
    {
        std::vector<std::string> out;
        simdjson::dom::array words;
        if (m_root[key].get(words) != simdjson::SUCCESS)
            fail(key, "a list");
        else
            for (const simdjson::dom::element word : words) {
                std::string_view value;
                if (word.get(value) != simdjson::SUCCESS)
                    fail(key, "texts");
                out.emplace_back(value);
            }
        return out;
    }
    std::vector<double> row(std::string_view key, std::size_t columns)
    {
        simdjson::dom::element found;
        if (m_root[key].get(found) != simdjson::SUCCESS) {
            fail(key, "a list");
            return std::vector<double>(columns);
        }
        return rowOf(key, found, columns);
    }
    void fail(std::string_view key, std::string_view allowed)
    {
        if (!m_error)
            m_error = base::badInput(key, "what the file has", allowed).value();
    }
    const std::optional<base::Error>& error() const { return m_error; }

private:
    std::vector<double> rowOf(std::string_view key, simdjson::dom::element element, std::size_t columns)
    {
        std::vector<double> out;
        simdjson::dom::array cells;
        if (element.get(cells) == simdjson::SUCCESS) {
            for (const simdjson::dom::element cell : cells) {
                double value = std::numeric_limits<double>::quiet_NaN();
                if (!cell.is_null() && cell.get(value) != simdjson::SUCCESS)
                    fail(key, "numbers");
                out.push_back(value);
            }
        }
        if (out.size() != columns)
            fail(key, fmt::format("rows of {} numbers", columns));
        out.resize(columns);
        return out;
    }

    simdjson::dom::element m_root;
    std::optional<base::Error> m_error;
};

ErrorFigures figuresFrom(std::span<const double> row)
{
    return {.count = static_cast<std::size_t>(std::max(0.0, row[0])),
            .meanSquare = row[1],
            .rms = std::sqrt(row[1]),
            .meanAbsolute = row[2],
            .worst = row[3],
            .most = row[4],
            .explained = row[5]};
}

/// That of the teacher, or the network prices what it was not trained on.
base::Result<void> checkTeacher(const Recipe& recipe, const Teacher& teacher)
{
    const bool isAlike = std::ranges::equal(recipe.box, teacher.inputs(), [](const InputRange& a, const InputRange& b) {
        return a.name == b.name && a.low == b.low && a.high == b.high;
    });
    if (recipe.teacherVersion != teacher.version() || !isAlike)
        return base::badInput("model", recipe.teacher,
                              "one trained for this version's box of inputs; train it again with vegadesk-cli train");
    return {};
}

} // namespace

std::string toJson(const Recipe& recipe)
{
    std::vector<std::string> inputs, box, history, regions;
    for (const InputRange& input : recipe.box) {
        inputs.push_back(base::jsonText(input.name));
        box.push_back(numbers({input.low, input.high}));
    }
    for (const EpochFigures& each : recipe.history)
        history.push_back(numbers({each.seconds, each.rate, each.loss, each.heldOutLoss}));
    for (const ErrorRegion& each : recipe.errors.regions)
        regions.push_back(
            numbers({each.lowMoneyness, each.highMoneyness, each.lowYears, each.highYears, each.bound,
                     static_cast<double>(each.figures.count), each.figures.meanSquare, each.figures.meanAbsolute,
                     each.figures.worst, each.figures.most, each.figures.explained}));
    return fmt::format(
        "{{\"teacher\":{},\"teacher_version\":{},\"inputs\":[{}],\"box\":[{}],\"samples\":{},\"held_out\":{},\"data_"
        "hash\":{},"
        "\"layers\":{},\"width\":{},\"activation\":{},\"epochs\":{},\"batch\":{},\"rate\":{},\"final_rate\":{},\"slope_"
        "weight\":{},"
        "\"seed\":{},\"made_with\":{},\"best_epoch\":{},\"errors\":{},\"regions\":[{}],\"history\":[{}]}}",
        base::jsonText(recipe.teacher), recipe.teacherVersion, fmt::join(inputs, ","), fmt::join(box, ","),
        recipe.samples, recipe.heldOut, base::jsonText(recipe.dataHash), recipe.net.layers, recipe.net.width,
        base::jsonText(activationNames.at(static_cast<std::size_t>(recipe.net.activation))), recipe.epochs,
        recipe.batch, numberText(recipe.rate), numberText(recipe.finalRate), numberText(recipe.slopeWeight),
        recipe.seed, base::jsonText(recipe.madeWith), recipe.bestEpoch, figuresText(recipe.errors.all),
        fmt::join(regions, ","), fmt::join(history, ","));
}

base::Result<Recipe> recipeFrom(const std::string& json)
{
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(json).get(root) != simdjson::SUCCESS || !root.is_object())
        return base::badInput("recipe", json.substr(0, 40), "what vegadesk-cli train writes beside a network");
    Reader reader(root);
    Recipe out;
    out.teacher = reader.text("teacher");
    out.teacherVersion = reader.whole<int>("teacher_version");
    const std::vector<std::string> names = reader.texts("inputs");
    const auto box = reader.table("box", 2);
    if (names.size() != box.size())
        reader.fail("box", "a range for every input");
    for (std::size_t i = 0; i < std::min(names.size(), box.size()); ++i)
        out.box.push_back({.name = names[i], .unit = {}, .low = box[i][0], .high = box[i][1], .about = {}});
    out.samples = reader.whole<std::size_t>("samples");
    out.heldOut = reader.whole<std::size_t>("held_out");
    out.dataHash = reader.text("data_hash");
    out.net.layers = reader.whole<int>("layers");
    out.net.width = reader.whole<int>("width");
    const auto activation = std::ranges::find(activationNames, reader.text("activation"));
    if (activation == activationNames.end())
        reader.fail("activation", fmt::format("{}", fmt::join(activationNames, ", ")));
    else
        out.net.activation = static_cast<Activation>(activation - activationNames.begin());
    out.epochs = reader.whole<int>("epochs");
    out.batch = reader.whole<int>("batch");
    out.rate = reader.number("rate");
    out.finalRate = reader.number("final_rate");
    out.slopeWeight = reader.numberOr("slope_weight", 0); // older files have none
    out.seed = reader.whole<std::uint64_t>("seed");
    out.madeWith = reader.text("made_with");
    out.bestEpoch = reader.whole<int>("best_epoch");
    out.errors.all = figuresFrom(reader.row("errors", 6));
    for (const std::vector<double>& row : reader.table("regions", 11))
        out.errors.regions.push_back({row[0], row[1], row[2], row[3], figuresFrom(std::span(row).subspan(5)), row[4]});
    for (const std::vector<double>& row : reader.table("history", 4))
        out.history.push_back({static_cast<int>(out.history.size()) + 1, row[0], row[1], row[2], row[3]});
    if (reader.error())
        return tl::make_unexpected(*reader.error());
    return out;
}

base::Result<TrainedModel> TrainedModel::open(const std::string& path)
{
    auto file = ModelFile::open(path);
    if (!file)
        return tl::make_unexpected(file.error());
    auto recipe = recipeFrom(file->metadata);
    if (!recipe)
        return tl::make_unexpected(recipe.error());
    const auto teacher = findTeacher(recipe->teacher);
    if (!teacher)
        return tl::make_unexpected(teacher.error());
    if (const auto alike = checkTeacher(*recipe, **teacher); !alike)
        return tl::make_unexpected(alike.error());
    if (file->network.inputs.size() != (*teacher)->featureCount())
        return base::badInput("model", path, fmt::format("a network of {} inputs", (*teacher)->featureCount()));
    return TrainedModel{std::move(file->network), std::move(*recipe), *teacher};
}

base::Result<void> TrainedModel::write(const std::string& path) const
{
    return ModelFile{network, toJson(recipe)}.write(path);
}

base::Result<std::vector<double>> predict(const Network& network, const SampleSet& samples)
{
    const auto packed = PackedNetwork::pack(network);
    if (!packed)
        return tl::make_unexpected(packed.error());
    const Teacher& teacher = *samples.teacher;
    const std::size_t width = teacher.featureCount();
    std::vector<std::vector<double>> columns(width, std::vector<double>(samples.size()));
    std::vector<double> features(width), out(samples.size());
    for (std::size_t row = 0; row < samples.size(); ++row) {
        teacher.features(samples.row(row), features);
        for (std::size_t i = 0; i < width; ++i)
            columns[i][row] = features[i];
    }
    const std::vector<std::span<const double>> views(columns.begin(), columns.end());
    packed->evaluate(views, out);
    for (std::size_t row = 0; row < samples.size(); ++row)
        out[row] = teacher.form(samples.row(row)).price(out[row]);
    return out;
}

} // namespace vegadesk::learning
