#include "desk/limit_settings.h"

#include "desk/settings.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace vegadesk::desk
{

namespace
{
constexpr std::array tolerances{risk::Tolerance::Low, risk::Tolerance::Moderate, risk::Tolerance::High};
const QString reasonKey = QStringLiteral("reason"), atKey = QStringLiteral("at"),
              figuresKey = QStringLiteral("figures");

QString nameOf(const risk::LimitField& field)
{
    return QString::fromLatin1(field.id.data(), static_cast<qsizetype>(field.id.size()));
}

QJsonObject stored(const Settings& settings, risk::Tolerance tolerance)
{
    return QJsonDocument::fromJson(settings.bytes(limitsKey(tolerance))).object();
}

/// Every figure must be there, and be one: a part of them, or what half a position is rounded to, is not what the user chose.
std::optional<risk::Limits> limitsFrom(const QJsonObject& figures, risk::Tolerance tolerance)
{
    risk::Limits limits = risk::limitsFor(tolerance);
    for (const risk::LimitField& field : risk::limitFields()) {
        const QJsonValue value = figures.value(nameOf(field));
        if (!value.isDouble())
            return std::nullopt;
        field.set(limits, value.toDouble());
        if (field.value(limits) != value.toDouble())
            return std::nullopt;
    }
    return risk::checked(limits) ? std::optional(limits) : std::nullopt;
}
} // namespace

risk::Tolerance toleranceOf(const Settings& settings)
{
    const QString text = settings.choice(setting::tolerance);
    if (text == QLatin1String("low"))
        return risk::Tolerance::Low;
    return text == QLatin1String("high") ? risk::Tolerance::High : risk::Tolerance::Moderate;
}

QString limitsKey(risk::Tolerance tolerance)
{
    return QStringLiteral("risk/limits/") + QString::fromLatin1(risk::toText(tolerance).data());
}

std::optional<OwnLimits> ownLimits(const Settings& settings, risk::Tolerance tolerance)
{
    const QJsonObject object = stored(settings, tolerance);
    const auto limits = limitsFrom(object.value(figuresKey).toObject(), tolerance);
    if (!limits)
        return std::nullopt;
    const auto at = base::parseInstant(object.value(atKey).toString().toStdString());
    return OwnLimits{*limits, object.value(reasonKey).toString().toStdString(), at.value_or(base::Instant{})};
}

risk::Limits limitsInForce(const Settings& settings, risk::Tolerance tolerance)
{
    if (unreadableLimits(settings).contains(limitsKey(tolerance)))
        return risk::limitsFor(risk::Tolerance::Low);
    const auto own = ownLimits(settings, tolerance);
    return own ? own->limits : risk::limitsFor(tolerance);
}

/// A reason alone is what going back to the profile leaves. What somebody wrote without quotes the store takes for a list, which
/// has no bytes.
QStringList unreadableLimits(const Settings& settings)
{
    QStringList keys;
    for (const risk::Tolerance tolerance : tolerances) {
        const QJsonObject object = stored(settings, tolerance);
        const bool isBroken = object.isEmpty() && settings.has(limitsKey(tolerance));
        if (isBroken || (object.contains(figuresKey) && !ownLimits(settings, tolerance)))
            keys << limitsKey(tolerance);
    }
    return keys;
}

base::Result<void> setOwnLimits(Settings& settings, risk::Tolerance tolerance, const risk::Limits& limits,
                                const QString& reason, base::Instant at)
{
    if (const auto ok = risk::checked(limits); !ok)
        return tl::make_unexpected(ok.error());
    if (reason.trimmed().isEmpty())
        return base::badInput("reason", reason.toStdString(), "why the limits change, in a few words");
    QJsonObject object{{reasonKey, reason.trimmed()}, {atKey, QString::fromStdString(base::formatInstant(at))}};
    QJsonObject figures;
    bool isOwn = false;
    const risk::Limits profile = risk::limitsFor(tolerance);
    for (const risk::LimitField& field : risk::limitFields()) {
        figures.insert(nameOf(field), field.value(limits));
        isOwn = isOwn || field.value(limits) != field.value(profile);
    }
    if (isOwn)
        object.insert(figuresKey, figures);
    settings.change(limitsKey(tolerance), QJsonDocument(object).toJson(QJsonDocument::Compact));
    return {};
}

std::string limitsReason(const Settings& settings, risk::Tolerance tolerance)
{
    return stored(settings, tolerance).value(reasonKey).toString().toStdString();
}

} // namespace vegadesk::desk
