#include "ui/models/alert_rules_model.h"

#include "ui/models/alert_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "on"), QT_TRANSLATE_NOOP("Columns", "Whether it is watched"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "measure"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "symbol"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "when"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "threshold"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "now"), QT_TRANSLATE_NOOP("Columns", "The figure of this moment")},
    Column{QT_TRANSLATE_NOOP("Columns", "desktop"), QT_TRANSLATE_NOOP("Columns", "Shows a message of the desktop's"),
           false},
    Column{QT_TRANSLATE_NOOP("Columns", "sound"), QT_TRANSLATE_NOOP("Columns", "Plays a sound"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "webhook"), QT_TRANSLATE_NOOP("Columns", "Calls the webhook below"), false},
};
static_assert(columns.size() == AlertRulesModel::WebhookColumn + 1);

/// Whether the rule would speak at that figure.
bool isBeyond(const monitoring::AlertRule& rule, double figure)
{
    return rule.isAbove ? figure > rule.threshold : figure < rule.threshold;
}
} // namespace

AlertRulesModel::AlertRulesModel(const Theme& theme, std::vector<desk::AlertMeasure> measures, FigureOf figureOf,
                                 QObject* parent)
    : ColumnTable(columns, parent), m_theme(theme), m_measures(std::move(measures)), m_figureOf(std::move(figureOf))
{
}

void AlertRulesModel::setRules(std::vector<monitoring::AlertRule> rules)
{
    beginResetModel();
    m_rules = std::move(rules);
    endResetModel();
}

void AlertRulesModel::setRule(int row, monitoring::AlertRule rule)
{
    monitoring::AlertRule& before = m_rules[static_cast<std::size_t>(row)];
    if (before == rule)
        return;
    before = std::move(rule);
    Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void AlertRulesModel::add(monitoring::AlertRule rule)
{
    const auto end = static_cast<int>(m_rules.size());
    beginInsertRows({}, end, end);
    m_rules.push_back(std::move(rule));
    endInsertRows();
}

void AlertRulesModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_rules.erase(m_rules.begin() + row);
    endRemoveRows();
}

QString AlertRulesModel::problem(int row) const
{
    return alertRuleProblem(m_rules[static_cast<std::size_t>(row)], m_measures);
}

int AlertRulesModel::firstProblem() const
{
    for (int row = 0; row < rowCount(); ++row)
        if (!problem(row).isEmpty())
            return row;
    return -1;
}

void AlertRulesModel::tellFigures()
{
    if (!m_rules.empty())
        Q_EMIT dataChanged(index(0, NowColumn), index(rowCount() - 1, NowColumn));
}

int AlertRulesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

bool monitoring::AlertRule::*AlertRulesModel::tickOf(int column)
{
    switch (column) {
    case OnColumn:
        return &monitoring::AlertRule::isOn;
    case DesktopColumn:
        return &monitoring::AlertRule::showsDesktop;
    case SoundColumn:
        return &monitoring::AlertRule::playsSound;
    case WebhookColumn:
        return &monitoring::AlertRule::callsWebhook;
    default:
        return nullptr;
    }
}

QString AlertRulesModel::words(const monitoring::AlertRule& rule, int column) const
{
    const desk::AlertMeasure* const measure = findAlertMeasure(m_measures, rule.measure);
    switch (column) {
    case MeasureColumn:
        return measure ? text(measure->title) : text(rule.measure);
    case SymbolColumn:
        return text(rule.subject);
    case WhenColumn:
        return rule.isAbove ? tr("above") : tr("below");
    case ThresholdColumn:
        return measure ? alertFigureText(*measure, rule.threshold) : number(rule.threshold, 2);
    case NowColumn:
        return measure ? alertFigureText(*measure, m_figureOf(rule.measure, rule.subject)) : QString();
    default:
        return {};
    }
}

QVariant AlertRulesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const monitoring::AlertRule& rule = m_rules[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    const bool isBad = !problem(index.row()).isEmpty();
    switch (role) {
    case Qt::CheckStateRole:
        if (const auto tick = tickOf(column))
            return rule.*tick ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::DisplayRole:
        if (column == MeasureColumn && isBad)
            return QStringLiteral("▲ ") + words(rule, column);
        return tickOf(column) ? QVariant() : QVariant(words(rule, column));
    case Qt::AccessibleTextRole:
        return tickOf(column) ? headerData(column, Qt::Horizontal, Qt::DisplayRole) : QVariant(words(rule, column));
    case Qt::ToolTipRole:
        if (isBad)
            return problem(index.row());
        if (column == NowColumn)
            return std::isnan(m_figureOf(rule.measure, rule.subject))
                       ? tr("The figure is not known now: nothing fires.")
                   : isBeyond(rule, m_figureOf(rule.measure, rule.subject))
                       ? tr("Beyond the threshold now: the rule speaks, or has spoken already.")
                       : tr("Not beyond the threshold now.");
        return alertRuleText(rule, m_measures);
    case Qt::TextAlignmentRole:
        return alignment(column);
    case Qt::ForegroundRole:
        if (isBad)
            return m_theme.color(Role::Loss);
        if (!rule.isOn)
            return m_theme.color(Role::Faint);
        if (column == NowColumn)
            return m_theme.color(isBeyond(rule, m_figureOf(rule.measure, rule.subject)) ? Role::Warning : Role::Dim);
        return {};
    default:
        return {};
    }
}

bool AlertRulesModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const auto tick = tickOf(index.column());
    if (role != Qt::CheckStateRole || !tick || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    monitoring::AlertRule rule = m_rules[static_cast<std::size_t>(index.row())];
    rule.*tick = value.toInt() == Qt::Checked;
    setRule(index.row(), rule);
    return true;
}

Qt::ItemFlags AlertRulesModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = ColumnTable::flags(index);
    if (tickOf(index.column()))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace vegadesk::ui
