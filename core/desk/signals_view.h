#pragma once

#include "base/time.h"
#include "desk/views.h"

#include <cstdint>
#include <string>
#include <vector>

/// Trained models of the signals folder, what each is worth and what it says of the coming session. As in views.h: what is not known
/// is NaN. What the figures mean is in docs/signals.md.
namespace vegadesk::desk
{

/// Why a model says nothing of the coming session.
enum class SignalGap : std::uint8_t {
    None,
    NoDays,   ///< no daily bars have come
    InSample, ///< it was trained on days that the answer hangs on
    Missing,  ///< the days do not tell features that it needs
    Failed    ///< the days could not be followed
};

struct SignalToday {
    std::string underlying;       ///< whose daily bars it goes by
    base::Date session{};         ///< the one that is spoken of, after lastDay
    base::Date lastDay{};         ///< known until its close
    double probability = unknown; ///< of yes, calibrated; only without a gap
    SignalGap gap = SignalGap::NoDays;
    std::vector<std::string> missing; ///< features, by name
    std::string why;                  ///< of SignalGap::Failed
};

/// Part of all gain that a feature's splits made, 0 to 1.
struct SignalShare {
    std::string feature; ///< by name
    double share = 0;

    friend bool operator==(const SignalShare&, const SignalShare&) = default;
};

struct SignalRow {
    std::string name;    ///< without the file's ending: strategies ask for it by this
    std::string file;    ///< with its path
    std::string failure; ///< why it cannot be read, and then nothing else is known; empty: it was
    std::string target;  ///< by name
    std::string source;  ///< of what it was trained on
    base::Date trainedUntil{};
    double area = unknown;                         ///< under the ROC curve, out of sample
    double areaLow = unknown, areaHigh = unknown;  ///< 95 % interval
    double chance = unknown;                       ///< p of the permutation test
    double brier = unknown, brierOfRate = unknown; ///< out of sample; of the base rate
    bool hasSignal = false;
    bool isDemonstration = false;
    std::vector<SignalShare> importance; ///< largest first
    SignalToday today;
};

/// A demonstration on the simulated market that is being trained, or was last.
struct SignalTraining {
    enum class State : std::uint8_t { None, Running, Cancelling, Finished, Cancelled, Failed };
    State state = State::None;
    std::string name;    ///< of the model that comes of it
    double progress = 0; ///< 0 to 1
    std::string failure; ///< of State::Failed

    bool isRunning() const { return state == State::Running || state == State::Cancelling; }
};

struct SignalsView {
    std::string folder;
    bool isRead = false;         ///< the folder has been looked at
    std::string failure;         ///< why it could not be read, or not all of it
    std::vector<SignalRow> rows; ///< by name
    SignalTraining training;
};

/// The questions that a model can be trained for, by name.
std::vector<std::string> signalTargets();

} // namespace vegadesk::desk
