#include "learning/signals/boosted_trees.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <xgboost/c_api.h>

namespace vegadesk::learning::market_signals
{

namespace
{

base::Result<void> checked(int answer)
{
    if (answer == 0)
        return {};
    return base::fail(base::ErrorKind::Internal, "XGBoost", "", "refused what it was asked", XGBGetLastError());
}

/// Rows as XGBoost holds them.
class Matrix
{
public:
    static base::Result<Matrix> from(std::span<const float> features, std::size_t width)
    {
        Matrix matrix;
        const auto made =
            checked(XGDMatrixCreateFromMat_omp(features.data(), features.size() / width, width,
                                               std::numeric_limits<float>::quiet_NaN(), &matrix.m_handle, 1));
        if (!made)
            return tl::make_unexpected(made.error());
        return matrix;
    }
    static base::Result<Matrix> from(const TrainingRows& rows)
    {
        auto matrix = from(rows.features, rows.width);
        if (!matrix)
            return matrix;
        const auto labelled =
            checked(XGDMatrixSetFloatInfo(matrix->m_handle, "label", rows.answers.data(), rows.answers.size()));
        if (!labelled)
            return tl::make_unexpected(labelled.error());
        return matrix;
    }
    Matrix(Matrix&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}
    Matrix& operator=(Matrix&&) = delete;
    ~Matrix()
    {
        if (m_handle != nullptr)
            XGDMatrixFree(m_handle);
    }
    DMatrixHandle handle() const { return m_handle; }

private:
    Matrix() = default;
    DMatrixHandle m_handle = nullptr;
};

double baseRate(const TrainingRows& rows)
{
    return static_cast<double>(std::ranges::count(rows.answers, 1.0F)) / static_cast<double>(rows.size());
}

base::Result<void> checkRows(const TrainingRows& rows)
{
    if (rows.size() == 0 || rows.width == 0 || rows.features.size() != rows.size() * rows.width)
        return base::badInput("rows", fmt::format("{} numbers for {} answers", rows.features.size(), rows.size()),
                              "as many features for each answer, and one or more");
    const double rate = baseRate(rows);
    if (!(rate > 0 && rate < 1))
        return base::badInput("answers", rate > 0 ? "all yes" : "all no", "some of both");
    return {};
}

/// "[3]\theld-logloss:0.4321" gives 0.4321.
double lastFigure(std::string_view line)
{
    const std::string_view text = line.substr(line.rfind(':') + 1);
    double value = std::numeric_limits<double>::quiet_NaN();
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

base::Error cancelled()
{
    return {base::ErrorKind::Cancelled, "training", "", "cancelled", ""};
}

} // namespace

struct BoostedTrees::Booster {
    BoosterHandle handle = nullptr;

    Booster() = default;
    Booster(const Booster&) = delete;
    Booster& operator=(const Booster&) = delete;
    ~Booster()
    {
        if (handle != nullptr)
            XGBoosterFree(handle);
    }

    base::Result<void> create(std::span<const DMatrixHandle> matrices)
    {
        if (const auto made = checked(XGBoosterCreate(matrices.data(), matrices.size(), &handle)); !made)
            return made;
        return set("nthread", "1").and_then([&] { return set("verbosity", "0"); });
    }
    base::Result<void> set(const char* name, const std::string& value)
    {
        return checked(XGBoosterSetParam(handle, name, value.c_str()));
    }
    base::Result<void> setAll(const BoostingSettings& settings, double rate)
    {
        const std::array<std::pair<const char*, std::string>, 11> parameters{{
            {"objective", "binary:logistic"},
            {"eval_metric", "logloss"},
            {"tree_method", "hist"},
            {"max_bin", "64"},
            {"max_depth", fmt::format("{}", settings.depth)},
            {"eta", fmt::format("{}", settings.rate)},
            {"subsample", fmt::format("{}", settings.rowShare)},
            {"colsample_bytree", fmt::format("{}", settings.columnShare)},
            {"min_child_weight", fmt::format("{}", settings.leafLeast)},
            {"lambda", fmt::format("{}", settings.ridge)},
            {"seed", fmt::format("{}", settings.seed & 0x7fffffffU)},
        }};
        for (const auto& [name, value] : parameters)
            if (const auto done = set(name, value); !done)
                return done;
        return set("base_score", fmt::format("{}", rate));
    }
};

base::Result<void> checkSettings(const BoostingSettings& settings)
{
    const auto wrong = [](std::string_view field, auto value, std::string_view allowed) {
        return base::badInput(field, fmt::format("{}", value), allowed);
    };
    if (settings.roundsMost < 1 || settings.roundsMost > 5000)
        return wrong("rounds", settings.roundsMost, "1 to 5000");
    if (settings.patience < 1 || settings.patience > 1000)
        return wrong("patience", settings.patience, "1 to 1000 rounds");
    if (settings.depth < 1 || settings.depth > 10)
        return wrong("depth", settings.depth, "1 to 10");
    if (!(settings.rate > 0 && settings.rate <= 1))
        return wrong("rate", settings.rate, "above 0, at most 1");
    if (!(settings.rowShare > 0 && settings.rowShare <= 1))
        return wrong("share of rows", settings.rowShare, "above 0, at most 1");
    if (!(settings.columnShare > 0 && settings.columnShare <= 1))
        return wrong("share of columns", settings.columnShare, "above 0, at most 1");
    if (!(settings.leafLeast >= 0 && std::isfinite(settings.leafLeast)))
        return wrong("least weight of a leaf", settings.leafLeast, "0 or more");
    if (!(settings.ridge >= 0 && std::isfinite(settings.ridge)))
        return wrong("ridge", settings.ridge, "0 or more");
    return {};
}

base::Result<BoostedTrees> BoostedTrees::train(const TrainingRows& rows, const TrainingRows& heldOut,
                                               const BoostingSettings& settings, const std::stop_token& stop)
{
    for (const auto& problem : {checkSettings(settings), checkRows(rows)})
        if (!problem)
            return tl::make_unexpected(problem.error());
    if (heldOut.size() == 0 || heldOut.width != rows.width)
        return base::badInput("rows held out", fmt::format("{}", heldOut.size()), "one or more, as wide as the others");
    const auto known = Matrix::from(rows), held = Matrix::from(heldOut);
    if (!known || !held)
        return tl::make_unexpected(known ? held.error() : known.error());
    Booster booster;
    const std::array matrices{known->handle(), held->handle()};
    const auto made = booster.create(matrices).and_then([&] { return booster.setAll(settings, baseRate(rows)); });
    if (!made)
        return tl::make_unexpected(made.error());

    const double rate = baseRate(rows);
    double best = 0; // of the base rate alone
    for (const float answer : heldOut.answers)
        best -= std::log(answer > 0 ? rate : 1 - rate) / static_cast<double>(heldOut.size());
    int bestRounds = 0;
    std::array<DMatrixHandle, 1> judged{held->handle()};
    std::array<const char*, 1> names{"held"};
    for (int round = 0; round < settings.roundsMost && round - bestRounds < settings.patience; ++round) {
        if (stop.stop_requested())
            return tl::make_unexpected(cancelled());
        const char* line = nullptr;
        const auto done = checked(XGBoosterUpdateOneIter(booster.handle, round, known->handle())).and_then([&] {
            return checked(XGBoosterEvalOneIter(booster.handle, round, judged.data(), names.data(), 1, &line));
        });
        if (!done)
            return tl::make_unexpected(done.error());
        if (const double loss = lastFigure(line); loss < best) {
            best = loss;
            bestRounds = round + 1;
        }
    }
    return trainRounds(rows, bestRounds, settings, stop);
}

base::Result<BoostedTrees> BoostedTrees::trainRounds(const TrainingRows& rows, int rounds,
                                                     const BoostingSettings& settings, const std::stop_token& stop)
{
    for (const auto& problem : {checkSettings(settings), checkRows(rows)})
        if (!problem)
            return tl::make_unexpected(problem.error());
    if (rounds < 0 || rounds > settings.roundsMost)
        return base::badInput("rounds", fmt::format("{}", rounds), fmt::format("0 to {}", settings.roundsMost));
    const auto known = Matrix::from(rows);
    if (!known)
        return tl::make_unexpected(known.error());
    const auto booster = std::make_shared<Booster>();
    const std::array matrices{known->handle()};
    bst_ulong width = 0;
    const auto made = booster->create(matrices)
                          .and_then([&] { return booster->setAll(settings, baseRate(rows)); })
                          // Asked while the rows are there: without a tree it would never learn their width.
                          .and_then([&] { return checked(XGBoosterGetNumFeature(booster->handle, &width)); });
    if (!made)
        return tl::make_unexpected(made.error());
    for (int round = 0; round < rounds; ++round) {
        if (stop.stop_requested())
            return tl::make_unexpected(cancelled());
        if (const auto done = checked(XGBoosterUpdateOneIter(booster->handle, round, known->handle())); !done)
            return tl::make_unexpected(done.error());
    }
    return BoostedTrees(booster, width, rounds);
}

base::Result<BoostedTrees> BoostedTrees::fromText(std::string_view text, std::size_t width)
{
    const auto booster = std::make_shared<Booster>();
    bst_ulong found = 0;
    int rounds = 0;
    const auto loaded =
        booster->create({})
            .and_then([&] { return checked(XGBoosterLoadModelFromBuffer(booster->handle, text.data(), text.size())); })
            .and_then([&] { return checked(XGBoosterGetNumFeature(booster->handle, &found)); })
            .and_then([&] { return checked(XGBoosterBoostedRounds(booster->handle, &rounds)); });
    if (!loaded)
        return base::fail(base::ErrorKind::BadInput, "trees", "", "a model as XGBoost writes it",
                          loaded.error().detail);
    if (found != width)
        return base::badInput("trees", fmt::format("of {} features", found), fmt::format("{} features", width));
    return BoostedTrees(booster, width, rounds);
}

base::Result<std::string> BoostedTrees::text() const
{
    bst_ulong length = 0;
    const char* bytes = nullptr;
    const auto saved = checked(XGBoosterSaveModelToBuffer(m_booster->handle, R"({"format": "json"})", &length, &bytes));
    if (!saved)
        return tl::make_unexpected(saved.error());
    return std::string(bytes, length);
}

base::Result<std::vector<double>> BoostedTrees::logOdds(std::span<const float> features) const
{
    if (features.empty() || features.size() % m_width != 0)
        return base::badInput("features", fmt::format("{}", features.size()), fmt::format("a multiple of {}", m_width));
    const auto matrix = Matrix::from(features, m_width);
    if (!matrix)
        return tl::make_unexpected(matrix.error());
    constexpr auto margins =
        R"({"type": 1, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})";
    const bst_ulong* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* result = nullptr;
    const auto predicted = checked(
        XGBoosterPredictFromDMatrix(m_booster->handle, matrix->handle(), margins, &shape, &dimensions, &result));
    if (!predicted)
        return tl::make_unexpected(predicted.error());
    return std::vector<double>(result, result + features.size() / m_width);
}

base::Result<std::vector<double>> BoostedTrees::importance() const
{
    std::vector<double> shares(m_width);
    if (m_rounds == 0)
        return shares;
    bst_ulong count = 0, dimensions = 0;
    const char** names = nullptr;
    const bst_ulong* shape = nullptr;
    const float* scores = nullptr;
    const auto scored = checked(XGBoosterFeatureScore(m_booster->handle, R"({"importance_type": "total_gain"})", &count,
                                                      &names, &dimensions, &shape, &scores));
    if (!scored)
        return tl::make_unexpected(scored.error());
    double sum = 0;
    for (bst_ulong at = 0; at < count; ++at) {
        const std::string_view name(names[at]); // "f12"
        std::size_t feature = m_width;
        std::from_chars(name.data() + 1, name.data() + name.size(), feature);
        if (feature >= m_width)
            return base::fail(base::ErrorKind::Internal, "XGBoost's feature", name, "one of the model's");
        shares[feature] = static_cast<double>(scores[at]);
        sum += shares[feature];
    }
    if (sum > 0)
        for (double& share : shares)
            share /= sum;
    return shares;
}

} // namespace vegadesk::learning::market_signals
