#include "ui/workspaces.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace vegadesk::ui
{

namespace
{

const QString currentKey = QStringLiteral("window/workspace");
const QString ownKey = QStringLiteral("window/workspaces");
const QString layoutBeforeKey = QStringLiteral("window/layout"); ///< the only one there was before workspaces
const QString ownPrefix = QStringLiteral("own-");

QString layoutKey(const QString& id)
{
    return QStringLiteral("window/layouts/") + id;
}

const ShippedWorkspace& shippedAs(Workspace workspace)
{
    return shippedWorkspaces()[static_cast<std::size_t>(workspace)];
}

} // namespace

std::span<const ShippedWorkspace> shippedWorkspaces()
{
    static const std::array table{
        ShippedWorkspace{Workspace::Trade,
                         "trade",
                         QT_TRANSLATE_NOOP("Workspaces", "Trade"),
                         QT_TRANSLATE_NOOP("Workspaces", "Chain, ticket, positions and orders"),
                         {{250, 0, {60, 34}}, {0, 1, {60, 34}}, {372, 0, {60, 34}}}},
        ShippedWorkspace{Workspace::Analyse,
                         "analyse",
                         QT_TRANSLATE_NOOP("Workspaces", "Analyse"),
                         QT_TRANSLATE_NOOP("Workspaces", "Chain and surface beside Greeks, exposure and stress"),
                         {{216, 0, {100}}, {0, 54, {58, 42}}, {0, 46, {50, 50}}}},
        ShippedWorkspace{
            Workspace::Backtest,
            "backtest",
            QT_TRANSLATE_NOOP("Workspaces", "Backtest"),
            QT_TRANSLATE_NOOP("Workspaces", "Price chart and strategies at work; opens the backtest's window"),
            {{250, 0, {60, 40}}, {0, 1, {66, 34}}}},
        ShippedWorkspace{Workspace::Monitor,
                         "monitor",
                         QT_TRANSLATE_NOOP("Workspaces", "Monitor"),
                         QT_TRANSLATE_NOOP("Workspaces", "The whole book's risk on one page: limits, stress, value at "
                                                         "risk, regimes, attribution and alerts"),
                         {{290, 0, {62, 38}}, {0, 43, {66, 34}}, {0, 29, {62, 38}}, {0, 26, {60, 40}}}},
    };
    return table;
}

Workspaces::Workspaces(desk::Settings& settings, QObject* parent) : QObject(parent), m_settings(settings)
{
    for (const ShippedWorkspace& each : shippedWorkspaces())
        m_all.push_back({QString::fromLatin1(each.id), QCoreApplication::translate("Workspaces", each.title),
                         each.workspace, false});
    for (const QJsonValue& value : QJsonDocument::fromJson(settings.bytes(ownKey)).array()) {
        const QJsonObject object = value.toObject();
        const int number = object.value(QLatin1String("number")).toInt();
        const QString shipped = object.value(QLatin1String("shipped")).toString();
        const auto of = std::ranges::find(m_all, shipped, &Entry::id);
        const QString name = object.value(QLatin1String("name")).toString().simplified().left(nameLongest);
        if (number <= m_lastOwn || of == m_all.end() || of->isOwn || name.isEmpty())
            continue; // not written by us
        m_lastOwn = number;
        const Workspace workspace = of->shipped;
        m_all.push_back({ownPrefix + QString::number(number), name, workspace, true});
    }
    const QString trade = layoutKey(QString::fromLatin1(shippedAs(Workspace::Trade).id));
    if (settings.bytes(trade).isEmpty())
        settings.setBytes(trade, settings.bytes(layoutBeforeKey));
    const auto last = std::ranges::find(m_all, QString::fromUtf8(settings.bytes(currentKey)), &Entry::id);
    if (last != m_all.end())
        m_current = static_cast<std::size_t>(last - m_all.begin());
}

bool Workspaces::choose(const QString& id)
{
    const auto found = std::ranges::find(m_all, id, &Entry::id);
    if (found == m_all.end())
        return false;
    m_current = static_cast<std::size_t>(found - m_all.begin());
    m_settings.setBytes(currentKey, id.toUtf8());
    Q_EMIT changed();
    return true;
}

QByteArray Workspaces::layout() const
{
    return m_settings.bytes(layoutKey(current().id));
}

void Workspaces::keep(const QByteArray& layout)
{
    m_settings.setBytes(layoutKey(current().id), layout);
}

base::Result<QString> Workspaces::checkedName(const QString& name) const
{
    const QString trimmed = name.simplified();
    if (trimmed.isEmpty() || trimmed.size() > nameLongest)
        return base::badInput("workspace", trimmed.toStdString(),
                              tr("a name of at most %1 letters").arg(nameLongest).toStdString());
    const auto isSame = [&trimmed](const Entry& each) { return each.title.compare(trimmed, Qt::CaseInsensitive) == 0; };
    if (std::ranges::any_of(m_all, isSame))
        return base::badInput("workspace", trimmed.toStdString(), tr("a name that no other has").toStdString());
    return trimmed;
}

base::Result<void> Workspaces::add(const QString& name)
{
    const auto good = checkedName(name);
    if (!good)
        return tl::make_unexpected(good.error());
    if (static_cast<std::size_t>(std::ranges::count(m_all, true, &Entry::isOwn)) >= ownMost)
        return base::badInput("workspaces", {}, tr("at most %1 of your own").arg(ownMost).toStdString());
    m_all.push_back({ownPrefix + QString::number(++m_lastOwn), *good, current().shipped, true});
    store();
    choose(m_all.back().id);
    return {};
}

base::Result<void> Workspaces::rename(const QString& name)
{
    Entry& entry = m_all[m_current];
    if (!entry.isOwn)
        return base::badInput("workspace", entry.title.toStdString(), tr("one of your own").toStdString());
    if (name.simplified().compare(entry.title, Qt::CaseInsensitive) != 0)
        if (const auto good = checkedName(name); !good)
            return tl::make_unexpected(good.error());
    entry.title = name.simplified();
    store();
    Q_EMIT changed();
    return {};
}

void Workspaces::removeCurrent()
{
    const Entry entry = current();
    if (!entry.isOwn)
        return;
    keep({});
    m_all.erase(m_all.begin() + static_cast<std::ptrdiff_t>(m_current));
    store();
    choose(QString::fromLatin1(shippedAs(entry.shipped).id));
}

void Workspaces::store()
{
    QJsonArray own;
    for (const Entry& entry : m_all)
        if (entry.isOwn)
            own.append(QJsonObject{{QStringLiteral("number"), entry.id.mid(ownPrefix.size()).toInt()},
                                   {QStringLiteral("name"), entry.title},
                                   {QStringLiteral("shipped"), QString::fromLatin1(shippedAs(entry.shipped).id)}});
    m_settings.setBytes(ownKey, QJsonDocument(own).toJson(QJsonDocument::Compact));
}

} // namespace vegadesk::ui
