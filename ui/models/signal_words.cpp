#include "ui/models/signal_words.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{

struct SignalWords {
    Q_DECLARE_TR_FUNCTIONS(SignalWords)
};

constexpr double chanceMost = 0.05; ///< docs/signals.md
constexpr qsizetype missingShown = 3;

struct TargetWords {
    std::string_view name;
    const char* word;
    const char* question;
};

constexpr std::array targets{
    TargetWords{"volatility_beats_implied", QT_TRANSLATE_NOOP("SignalWords", "Realised above implied volatility"),
                QT_TRANSLATE_NOOP("SignalWords", "Will the volatility realised over the next 21 trading days be above "
                                                 "the implied volatility of 30 days?")},
    TargetWords{"premium_pays", QT_TRANSLATE_NOOP("SignalWords", "Selling premium pays"),
                QT_TRANSLATE_NOOP("SignalWords", "Will a straddle at the money, sold and held 21 trading days without "
                                                 "a hedge, keep something after costs?")},
    TargetWords{"skew_reverts", QT_TRANSLATE_NOOP("SignalWords", "An unusual skew reverts"),
                QT_TRANSLATE_NOOP("SignalWords", "Will the skew's distance from its median of a year be halved in 21 "
                                                 "trading days?")},
};

struct FeatureWords {
    std::string_view name;
    const char* word;
};

constexpr std::array features{
    FeatureWords{"return_1", QT_TRANSLATE_NOOP("SignalWords", "return, 1 day")},
    FeatureWords{"return_5", QT_TRANSLATE_NOOP("SignalWords", "return, 5 days")},
    FeatureWords{"return_21", QT_TRANSLATE_NOOP("SignalWords", "return, 21 days")},
    FeatureWords{"return_63", QT_TRANSLATE_NOOP("SignalWords", "return, 63 days")},
    FeatureWords{"drawdown", QT_TRANSLATE_NOOP("SignalWords", "drawdown from the year's high")},
    FeatureWords{"har_day", QT_TRANSLATE_NOOP("SignalWords", "size of the last move")},
    FeatureWords{"realised_5", QT_TRANSLATE_NOOP("SignalWords", "realised volatility, 5 days")},
    FeatureWords{"realised_21", QT_TRANSLATE_NOOP("SignalWords", "realised volatility, 21 days")},
    FeatureWords{"realised_63", QT_TRANSLATE_NOOP("SignalWords", "realised volatility, 63 days")},
    FeatureWords{"har_forecast", QT_TRANSLATE_NOOP("SignalWords", "HAR's forecast of volatility")},
    FeatureWords{"parkinson_21", QT_TRANSLATE_NOOP("SignalWords", "volatility by ranges (Parkinson)")},
    FeatureWords{"garman_klass_21", QT_TRANSLATE_NOOP("SignalWords", "volatility by bars (Garman, Klass)")},
    FeatureWords{"implied", QT_TRANSLATE_NOOP("SignalWords", "implied volatility")},
    FeatureWords{"implied_change_1", QT_TRANSLATE_NOOP("SignalWords", "change of implied, 1 day")},
    FeatureWords{"implied_change_5", QT_TRANSLATE_NOOP("SignalWords", "change of implied, 5 days")},
    FeatureWords{"implied_rank", QT_TRANSLATE_NOOP("SignalWords", "rank of implied in a year")},
    FeatureWords{"implied_percentile", QT_TRANSLATE_NOOP("SignalWords", "percentile of implied in a year")},
    FeatureWords{"implied_to_month", QT_TRANSLATE_NOOP("SignalWords", "implied over its month's mean")},
    FeatureWords{"implied_deviation", QT_TRANSLATE_NOOP("SignalWords", "deviation of implied in a month")},
    FeatureWords{"premium_21", QT_TRANSLATE_NOOP("SignalWords", "implied over realised, 21 days")},
    FeatureWords{"premium_har", QT_TRANSLATE_NOOP("SignalWords", "implied over HAR's forecast")},
    FeatureWords{"regime_calm", QT_TRANSLATE_NOOP("SignalWords", "probability of the calm regime")},
    FeatureWords{"regime_stressed", QT_TRANSLATE_NOOP("SignalWords", "probability of the stressed regime")},
    FeatureWords{"term_slope", QT_TRANSLATE_NOOP("SignalWords", "slope of the term structure")},
    FeatureWords{"skew", QT_TRANSLATE_NOOP("SignalWords", "skew of 25-delta options")},
    FeatureWords{"skew_score", QT_TRANSLATE_NOOP("SignalWords", "skew in its year's deviations")},
    FeatureWords{"skew_change_5", QT_TRANSLATE_NOOP("SignalWords", "change of skew, 5 days")},
    FeatureWords{"days_to_expiry", QT_TRANSLATE_NOOP("SignalWords", "days to the monthly expiry")},
    FeatureWords{"weekday", QT_TRANSLATE_NOOP("SignalWords", "day of the week")},
};

QString inWindowsLanguage(const char* words)
{
    return QCoreApplication::translate("SignalWords", words);
}

const TargetWords* wordsOf(std::string_view target)
{
    const auto found = std::ranges::find(targets, target, &TargetWords::name);
    return found == targets.end() ? nullptr : &*found;
}

/// As the report's own doubts, by the figures.
QStringList doubtsOf(const desk::SignalRow& row)
{
    if (std::isnan(row.areaLow) || std::isnan(row.chance))
        return {SignalWords::tr("there are too few days out of sample to tell")};
    QStringList doubts;
    if (row.areaHigh < 0.5)
        doubts << SignalWords::tr("the interval is below 0.5: what it ranks high came true less often");
    else if (!(row.areaLow > 0.5))
        doubts << SignalWords::tr("the interval includes 0.5, which is chance");
    if (row.chance > chanceMost)
        doubts << SignalWords::tr("shuffled answers did as well in %1 of the draws").arg(percent(row.chance, 0));
    return doubts;
}

QString missingText(const std::vector<std::string>& missing)
{
    QStringList some;
    for (const std::string& each : missing) {
        if (some.size() == missingShown)
            return SignalWords::tr("%1 and more").arg(some.join(QStringLiteral(", ")));
        some << signalFeatureWord(each);
    }
    return some.join(QStringLiteral(", "));
}

} // namespace

QString signalTargetWord(std::string_view target)
{
    const TargetWords* const found = wordsOf(target);
    return found ? inWindowsLanguage(found->word) : text(target);
}

QString signalQuestion(std::string_view target)
{
    const TargetWords* const found = wordsOf(target);
    return found ? inWindowsLanguage(found->question) : QString();
}

QString signalVerdictWord(const desk::SignalRow& row)
{
    if (!row.failure.empty())
        return SignalWords::tr("cannot be read");
    return row.hasSignal ? SignalWords::tr("signal") : SignalWords::tr("no signal");
}

QString signalVerdict(const desk::SignalRow& row)
{
    if (!row.failure.empty())
        return SignalWords::tr("It cannot be read: %1").arg(text(row.failure));
    if (!row.hasSignal)
        return SignalWords::tr("No signal was found: %1.").arg(doubtsOf(row).join(QStringLiteral("; ")));
    QString said = SignalWords::tr("A signal was found: out of sample it ranks days better than chance.");
    if (!(row.brier < row.brierOfRate))
        said += u' ' + SignalWords::tr("Its probabilities are no better than the base rate: do not take them at their "
                                       "word.");
    return said;
}

QString signalDemonstration(const desk::SignalRow& row)
{
    return row.isDemonstration
               ? SignalWords::tr("A demonstration: it was trained on a made-up market, whose rules it may have found, "
                                 "and says nothing of a real one. It cannot be armed live.")
               : QString();
}

QString signalTodayText(const desk::SignalToday& today)
{
    const QString underlying = text(today.underlying);
    switch (today.gap) {
    case desk::SignalGap::NoDays:
        return SignalWords::tr("Nothing of today: no daily bars of %1 have come.").arg(underlying);
    case desk::SignalGap::InSample:
        return SignalWords::tr("No forecast of %1 for %2: it was trained on that day.")
            .arg(underlying, dateText(today.session));
    case desk::SignalGap::Missing:
        return SignalWords::tr("No probability of %1 for %2: the days until %3 do not tell %4.")
            .arg(underlying, dateText(today.session), dateText(today.lastDay), missingText(today.missing));
    case desk::SignalGap::Failed:
        return SignalWords::tr("The days of %1 could not be followed: %2").arg(underlying, text(today.why));
    case desk::SignalGap::None:
        break;
    }
    return SignalWords::tr("%1 for %2: yes with %3, by days until %4")
        .arg(underlying, dateText(today.session), percent(today.probability), dateText(today.lastDay));
}

QString signalFeatureWord(std::string_view feature)
{
    const auto found = std::ranges::find(features, feature, &FeatureWords::name);
    return found == features.end() ? text(feature) : inWindowsLanguage(found->word);
}

} // namespace vegadesk::ui
