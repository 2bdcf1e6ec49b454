#include "ui/models/risk_words.h"

#include "market/symbols.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
struct RiskWords {
    Q_DECLARE_TR_FUNCTIONS(RiskWords)
};

struct Entry {
    std::string_view id;
    const char* word;
    const char* help;
};

constexpr std::array methods{
    Entry{"delta_normal", QT_TRANSLATE_NOOP("RiskWords", "Delta-normal"),
          QT_TRANSLATE_NOOP("RiskWords",
                            "Deltas and vegas times the covariance of past moves: quick, and blind to gamma.")},
    Entry{
        "cornish_fisher", QT_TRANSLATE_NOOP("RiskWords", "Cornish-Fisher"),
        QT_TRANSLATE_NOOP("RiskWords", "Deltas and gammas, with the skew and the tails that gamma gives to profits.")},
    Entry{"historical", QT_TRANSLATE_NOOP("RiskWords", "Historical"),
          QT_TRANSLATE_NOOP("RiskWords", "Every past day's moves on the positions of now, each revalued in full.")},
    Entry{"filtered_historical", QT_TRANSLATE_NOOP("RiskWords", "Filtered historical"),
          QT_TRANSLATE_NOOP("RiskWords", "Past days' moves, each scaled from the volatility of then to that of now.")},
    Entry{"monte_carlo", QT_TRANSLATE_NOOP("RiskWords", "Monte Carlo"),
          QT_TRANSLATE_NOOP("RiskWords",
                            "Thousands of drawn days, each revalued in full; its error shrinks with their number.")},
};

constexpr std::array parts{
    Entry{"delta", QT_TRANSLATE_NOOP("RiskWords", "delta"),
          QT_TRANSLATE_NOOP("RiskWords", "From the move of the underlying, at the delta before it.")},
    Entry{"gamma", QT_TRANSLATE_NOOP("RiskWords", "gamma"),
          QT_TRANSLATE_NOOP("RiskWords", "From the change of delta while the underlying moved.")},
    Entry{"theta", QT_TRANSLATE_NOOP("RiskWords", "theta"),
          QT_TRANSLATE_NOOP("RiskWords", "From the passing of time.")},
    Entry{"vega", QT_TRANSLATE_NOOP("RiskWords", "vega"),
          QT_TRANSLATE_NOOP("RiskWords", "From the change of implied volatility.")},
    Entry{"rho", QT_TRANSLATE_NOOP("RiskWords", "rho"),
          QT_TRANSLATE_NOOP("RiskWords", "From the change of interest rates and dividend yields.")},
    Entry{"vanna", QT_TRANSLATE_NOOP("RiskWords", "vanna"),
          QT_TRANSLATE_NOOP("RiskWords", "From price and volatility moving together: delta changes with volatility.")},
    Entry{"volga", QT_TRANSLATE_NOOP("RiskWords", "volga"),
          QT_TRANSLATE_NOOP("RiskWords", "From the change of vega while volatility moved.")},
    Entry{"trades", QT_TRANSLATE_NOOP("RiskWords", "trades"),
          QT_TRANSLATE_NOOP("RiskWords", "What fills were better or worse than the mark they were booked at.")},
    Entry{"settlements", QT_TRANSLATE_NOOP("RiskWords", "settlements"),
          QT_TRANSLATE_NOOP("RiskWords", "Expiry, exercise and assignment against the last mark; dividends and other cash.")},
    Entry{"fees", QT_TRANSLATE_NOOP("RiskWords", "fees"),
          QT_TRANSLATE_NOOP("RiskWords", "Commissions, clearing and regulatory fees.")},
    Entry{"unexplained", QT_TRANSLATE_NOOP("RiskWords", "unexplained"),
          QT_TRANSLATE_NOOP("RiskWords", "What no Greek explains; it should be small.")},
};
static_assert(parts.size() == desk::attributionParts.size());

QString translated(const char* words)
{
    return QCoreApplication::translate("RiskWords", words);
}

template<std::size_t count>
const Entry* entryOf(const std::array<Entry, count>& entries, std::string_view id)
{
    const auto found = std::ranges::find(entries, id, &Entry::id);
    return found == entries.end() ? nullptr : &*found;
}

/// The probability of a test, never "0.00".
QString probabilityText(double probability)
{
    return probability < 0.001 ? RiskWords::tr("p < 0.001") : RiskWords::tr("p = %1").arg(number(probability, 3));
}
} // namespace

QString methodWord(std::string_view id)
{
    const Entry* const entry = entryOf(methods, id);
    return entry ? translated(entry->word) : text(id);
}

QString methodHelp(std::string_view id)
{
    const Entry* const entry = entryOf(methods, id);
    return entry ? translated(entry->help) : QString();
}

QString regimeWord(std::string_view name)
{
    if (name == "calm")
        return RiskWords::tr("calm");
    if (name == "normal")
        return RiskWords::tr("normal", "regime");
    return name == "stressed" ? RiskWords::tr("stressed") : text(name);
}

Role regimeRole(std::size_t regime, std::size_t count)
{
    if (regime == 0)
        return Role::Gain;
    if (regime + 1 >= count)
        return Role::Loss;
    return regime + 2 == count ? Role::Warning : Role::Accent;
}

QString toleranceWord(std::string_view id)
{
    if (id == "low")
        return RiskWords::tr("Low", "tolerance");
    if (id == "moderate")
        return RiskWords::tr("Moderate", "tolerance");
    return id == "high" ? RiskWords::tr("High", "tolerance") : text(id);
}

QString zoneWord(std::string_view id)
{
    if (id == "green")
        return RiskWords::tr("green zone");
    if (id == "yellow")
        return RiskWords::tr("yellow zone");
    return id == "red" ? RiskWords::tr("red zone") : text(id);
}

QString zoneHelp(std::string_view id)
{
    if (id == "green")
        return RiskWords::tr("Basel's traffic light: as many bad days as a sound model has.");
    if (id == "yellow")
        return RiskWords::tr("Basel's traffic light: more bad days than a sound model often has. Read it with care.");
    return id == "red" ? RiskWords::tr("Basel's traffic light: too many bad days for a sound model. Do not rely on it.")
                       : QString();
}

Role zoneRole(std::string_view id)
{
    if (id == "green")
        return Role::Gain;
    return id == "yellow" ? Role::Warning : Role::Loss;
}

QString attributionWord(std::size_t part)
{
    return translated(parts[part].word);
}

QString attributionHelp(std::size_t part)
{
    return translated(parts[part].help);
}

QString attributionTitle(const desk::AttributionRow& row)
{
    if (row.level == desk::AttributionRow::Level::Book)
        return RiskWords::tr("Whole book");
    if (row.level != desk::AttributionRow::Level::Position)
        return text(row.title);
    if (row.title == row.underlying)
        return RiskWords::tr("shares");
    const auto terms = market::parseOccSymbol(row.title);
    return terms ? contractText(row.title, *terms, true) : text(row.title);
}

QString testSentence(const desk::RiskBacktestTest& test, const desk::RiskBacktestView& of)
{
    if (std::isnan(test.probability) && std::isnan(test.statistic))
        return {};
    const QString chance = std::isnan(test.probability) ? RiskWords::tr("statistic %1").arg(number(test.statistic, 2))
                                                        : probabilityText(test.probability);
    const bool areMany = of.hits > of.expectedHits;
    if (test.id == "kupiec")
        return (!test.isRejected ? RiskWords::tr("As many bad days as there should be (Kupiec, %1)")
                : areMany        ? RiskWords::tr("Too many bad days: the figure is too low (Kupiec, %1)")
                                 : RiskWords::tr("Too few bad days: the figure is too high (Kupiec, %1)"))
            .arg(chance);
    if (test.id == "christoffersen")
        return (test.isRejected
                    ? RiskWords::tr("Bad days come in clusters: it follows the market too slowly (Christoffersen, %1)")
                    : RiskWords::tr("Bad days come one by one, not in clusters (Christoffersen, %1)"))
            .arg(chance);
    if (test.id == "conditional_coverage")
        return (test.isRejected ? RiskWords::tr("Number and spacing of bad days together: it fails (%1)")
                                : RiskWords::tr("Number and spacing of bad days together: it holds (%1)"))
            .arg(chance);
    if (test.id == "acerbi_szekely")
        return (test.isRejected
                    ? RiskWords::tr("Bad days are worse than the expected shortfall says (Acerbi-Szekely, %1)")
                    : RiskWords::tr("Bad days are no worse than the expected shortfall says (Acerbi-Szekely, %1)"))
            .arg(chance);
    return text(test.id) + QStringLiteral(" · ") + chance;
}

QString moveText(double move)
{
    return shownSign(100 * move, 0) == 0 ? RiskWords::tr("±0 %", "no move") : signedPercent(move, 0);
}

QString attributionTip(const desk::AttributionRow* today, const desk::AttributionRow* sinceEntry)
{
    if (!today && !sinceEntry)
        return {};
    const auto cell = [](const QString& words) {
        return QStringLiteral("<td align='right'>&nbsp;&nbsp;") + words + QStringLiteral("</td>");
    };
    const auto line = [&](const QString& name, double now, double all) {
        return QStringLiteral("<tr><td>") + name.toHtmlEscaped() + QStringLiteral("</td>") + cell(signedMoney(now)) +
               cell(signedMoney(all)) + QStringLiteral("</tr>");
    };
    QString rows = QStringLiteral("<table><tr><td></td>") + cell(RiskWords::tr("today")) +
                   cell(RiskWords::tr("since entry")) + QStringLiteral("</tr>");
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const double now = today ? today->parts[part] : desk::unknown;
        const double all = sinceEntry ? sinceEntry->parts[part] : desk::unknown;
        if (shownSign(now, 2) != 0 || shownSign(all, 2) != 0)
            rows += line(attributionWord(part), now, all);
    }
    return rows +
           line(RiskWords::tr("total"), today ? today->total : desk::unknown,
                sinceEntry ? sinceEntry->total : desk::unknown) +
           QStringLiteral("</table>");
}

QString symbolWords(const std::string& symbol)
{
    const auto terms = market::parseOccSymbol(symbol);
    return terms ? text(terms->root) + u' ' + contractText(symbol, *terms, true) : text(symbol);
}

QString leftOutWords(const std::vector<std::string>& names)
{
    if (names.empty())
        return {};
    QStringList words;
    for (const std::string& name : names)
        words << symbolWords(name);
    return RiskWords::tr("%n position(s) left out, no figure is known: %1", nullptr, static_cast<int>(names.size()))
        .arg(words.join(QStringLiteral(", ")));
}

} // namespace vegadesk::ui
