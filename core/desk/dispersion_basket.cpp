#include "desk/dispersion_basket.h"

#include "desk/settings.h"

#include <fmt/format.h>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DispersionBasket)
};

constexpr qsizetype longestShown = 40; ///< of what was typed, in an error
constexpr double roundingOfSum = 1e-9;

bool isSymbol(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^[A-Z][A-Z0-9./]{0,9}$"));
    return form.match(text).hasMatch();
}

tl::unexpected<base::Error> refused(const QString& field, const QString& value, const QString& allowed)
{
    return base::badInput(field.toStdString(), value.left(longestShown).toStdString(), allowed.toStdString());
}

QString symbolRule()
{
    return Words::tr("a symbol such as SPY: a letter, then letters, digits, points and slashes, 10 at most");
}

base::Result<DispersionBasket::Member> memberFrom(const QString& part)
{
    const QStringList words = part.simplified().split(u' ', Qt::SkipEmptyParts);
    if (words.size() != 2)
        return refused(Words::tr("member"), part.trimmed(), Words::tr("a symbol and its weight: AAPL 0.07"));
    if (!isSymbol(words[0]))
        return refused(Words::tr("member"), words[0], symbolRule());
    bool isNumber = false;
    const double weight = words[1].toDouble(&isNumber); // always with a point: a comma parts the members
    if (!isNumber || !(weight > 0) || weight > 1)
        return refused(Words::tr("weight of %1").arg(words[0]), words[1],
                       Words::tr("a number above 0, 1 at most, with a decimal point"));
    return DispersionBasket::Member{words[0].toStdString(), weight};
}

} // namespace

std::vector<std::string> DispersionBasket::symbols() const
{
    std::vector<std::string> all{index};
    for (const Member& member : members)
        all.push_back(member.symbol);
    return all;
}

base::Result<DispersionBasket> parseBasket(std::string_view text)
{
    const QString typed = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUpper();
    const QStringList sides = typed.split(u'=');
    if (sides.size() != 2)
        return refused(Words::tr("basket"), typed.simplified(),
                       Words::tr("an index, an equals sign and its members: SPY = AAPL 0.07, MSFT 0.06"));
    DispersionBasket basket;
    const QString index = sides[0].trimmed();
    if (!isSymbol(index))
        return refused(Words::tr("index"), index, symbolRule());
    basket.index = index.toStdString();

    double sum = 0;
    for (const QString& part : sides[1].split(u',', Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty())
            continue; // a comma at the end
        auto member = memberFrom(part);
        if (!member)
            return tl::make_unexpected(member.error());
        const bool isTwice = std::ranges::find(basket.members, member->symbol, &DispersionBasket::Member::symbol) !=
                             basket.members.end();
        if (isTwice || member->symbol == basket.index)
            return refused(Words::tr("member"), QString::fromStdString(member->symbol),
                           Words::tr("each member once, and not the index itself"));
        sum += member->weight;
        basket.members.push_back(std::move(*member));
    }
    const std::size_t count = basket.members.size();
    if (count < DispersionBasket::fewest || count > DispersionBasket::most)
        return refused(Words::tr("number of members"), QString::number(count),
                       Words::tr("%1 to %2").arg(DispersionBasket::fewest).arg(DispersionBasket::most));
    if (sum > 1 + roundingOfSum)
        return refused(Words::tr("sum of the weights"), QString::number(sum), Words::tr("1 at most"));
    return basket;
}

std::string toText(const DispersionBasket& basket)
{
    std::string text = basket.index + " =";
    const char* before = " ";
    for (const DispersionBasket::Member& member : basket.members) {
        text += fmt::format("{}{} {}", before, member.symbol, member.weight);
        before = ", ";
    }
    return text;
}

const DispersionBasket& shippedBasket()
{
    static const DispersionBasket basket{"SPY",
                                         {{"NVDA", 0.077},
                                          {"AAPL", 0.068},
                                          {"MSFT", 0.061},
                                          {"GOOGL", 0.057},
                                          {"AMZN", 0.038},
                                          {"AVGO", 0.028},
                                          {"META", 0.025},
                                          {"TSLA", 0.022},
                                          {"JPM", 0.015},
                                          {"LLY", 0.014}}};
    return basket;
}

DispersionBasket basketOf(const Settings& settings)
{
    return parseBasket(settings.bytes(basketKey).toStdString()).value_or(shippedBasket());
}

bool isBasketUnreadable(const Settings& settings)
{
    return settings.has(basketKey) && !parseBasket(settings.bytes(basketKey).toStdString());
}

base::Result<void> setBasket(Settings& settings, std::string_view text)
{
    const auto basket = parseBasket(text);
    if (!basket)
        return tl::make_unexpected(basket.error());
    settings.change(basketKey, *basket == shippedBasket() ? QByteArray() : QByteArray::fromStdString(toText(*basket)));
    return {};
}

} // namespace vegadesk::desk
