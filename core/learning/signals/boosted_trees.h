#pragma once

#include "base/error.h"
#include "learning/doors/signal_types.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// XGBoost, seeded and on one thread: the same rows, settings and library give the same trees.
namespace vegadesk::learning::market_signals
{

/// Rows of one length, one after the other, with their answers.
struct TrainingRows {
    std::vector<float> features; ///< answers.size() times width
    std::vector<float> answers;  ///< 0 or 1
    std::size_t width = 0;

    std::size_t size() const { return answers.size(); }
};

/// Trees that give the log odds of yes.
class BoostedTrees
{
public:
    /// As many rounds as lower the log loss of `heldOut`, which is not trained on; a model of the base rate alone where none does.
    /// Errors  settings out of range, rows that are none or of one answer only; Internal where XGBoost complains; Cancelled.
    static base::Result<BoostedTrees> train(const TrainingRows& rows, const TrainingRows& heldOut,
                                            const BoostingSettings& settings, const std::stop_token& stop = {});
    /// Exactly `rounds` of them, 0 included.
    static base::Result<BoostedTrees> trainRounds(const TrainingRows& rows, int rounds,
                                                  const BoostingSettings& settings, const std::stop_token& stop = {});
    /// Errors: what text() did not make, or of another width.
    static base::Result<BoostedTrees> fromText(std::string_view text, std::size_t width);

    std::size_t width() const { return m_width; }
    int rounds() const { return m_rounds; }
    /// XGBoost's own JSON.
    base::Result<std::string> text() const;
    /// Log odds of rows as wide as the model's, one after the other. Errors: a length that is no multiple of it.
    base::Result<std::vector<double>> logOdds(std::span<const float> features) const;
    /// Part of all gain that each feature's splits made, on the rows trained on; adds up to 1, or to 0 without a split.
    base::Result<std::vector<double>> importance() const;

private:
    struct Booster;
    BoostedTrees(std::shared_ptr<Booster> booster, std::size_t width, int rounds)
        : m_booster(std::move(booster)), m_width(width), m_rounds(rounds)
    {
    }
    std::shared_ptr<Booster> m_booster;
    std::size_t m_width = 0;
    int m_rounds = 0;
};

/// Errors name the setting, its value and its range.
base::Result<void> checkSettings(const BoostingSettings& settings);

} // namespace vegadesk::learning::market_signals
