#include "ui/panels/risk_gauge.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace vegadesk::ui
{

namespace
{
constexpr double fullShare = 0.9;
constexpr int barHeight = 4;

struct Words {
    std::string_view id;
    const char* name;
    const char* help;
};
constexpr std::array gauges{
    Words{"daily_loss", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Daily loss"),
          QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge",
                            "What this New York day has lost, realised and open, of net liquidation at its start.")},
    Words{"leverage", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Leverage"),
          QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge",
                            "The dollar deltas of all underlyings, each without its sign, over net liquidation.")},
    Words{
        "largest_position", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Largest position"),
        QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge",
                          "The underlying that binds most: the largest of its stress loss, margin and premium paid, of "
                          "net liquidation.")},
    Words{"buying_power", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Buying power used"),
          QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "What positions and orders bind, of what there is to bind.")},
    Words{"margin", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Margin used"),
          QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "What the positions bind as margin, of net liquidation.")},
    Words{"value_at_risk", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Value at risk"),
          QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge",
                            "One day in twenty loses more than this, of net liquidation: 95 %, one day ahead. ES, the "
                            "expected shortfall: what those worst days lose on average.")},
    Words{"expected_shortfall", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Expected shortfall"),
          QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge",
                            "What those worst days lose on average, of net liquidation: 95 %, one day ahead.")},
    Words{"stress", QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge", "Stress loss"),
          QT_TRANSLATE_NOOP("vegadesk::ui::RiskGauge",
                            "The loss of the whole book if every underlying fell by 15 % and every volatility rose by half, of "
                            "net liquidation. The panel Stress names the worst of all its cells, and the ticket that of one "
                            "underlying alone.")},
};

const Words* wordsOf(std::string_view id)
{
    const auto found = std::ranges::find(gauges, id, &Words::id);
    return found == gauges.end() ? nullptr : &*found;
}
} // namespace

class RiskGauge::Bar : public QWidget
{
public:
    Bar(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) { setFixedHeight(barHeight); }

    void set(double share, Level level)
    {
        m_share = std::isnan(share) ? 0 : std::clamp(share, 0.0, 1.0);
        m_level = level;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const QRectF groove(rect());
        const double round = groove.height() / 2;
        painter.setBrush(m_theme.color(Role::Line));
        painter.drawRoundedRect(groove, round, round);
        if (m_share <= 0)
            return;
        painter.setBrush(m_theme.color(m_level == Level::Full   ? Role::Loss
                                       : m_level == Level::Near ? Role::Warning
                                                                : Role::Gain));
        painter.drawRoundedRect(QRectF(0, 0, std::max(groove.height(), groove.width() * m_share), groove.height()),
                                round, round);
    }

private:
    const Theme& m_theme;
    double m_share = 0;
    Level m_level = Level::Unknown;
};

RiskGauge::RiskGauge(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_bar(new Bar(theme, this)), m_name(makeLabel({}, "dim", this)),
      m_value(makeLabel({}, "strong", this)), m_limit(makeLabel({}, "dim", this)),
      m_headroom(makeLabel({}, "faint", this))
{
    m_headroom->setFont(theme.labelFont());
    m_headroom->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_headroom->setMinimumWidth(
        QFontMetrics(theme.labelFont())
            .horizontalAdvance(tr("%1 left", "headroom to a limit").arg(percent(0.555)))); // so that bars end together
    m_name->setWordWrap(true); // a narrow dock breaks it rather than cutting it
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(3);
    grid->addWidget(m_name, 0, 0);
    grid->addWidget(m_value, 0, 1, Qt::AlignBottom);
    grid->addWidget(m_limit, 0, 2, Qt::AlignBottom);
    auto* const foot = new QHBoxLayout;
    foot->setSpacing(Theme::unit);
    foot->addWidget(m_bar, 1);
    foot->addWidget(m_headroom);
    grid->addLayout(foot, 1, 0, 1, 3);
    grid->setColumnStretch(0, 1);
}

double RiskGauge::usedShare(const desk::Gauge& gauge)
{
    if (std::isnan(gauge.value) || std::isnan(gauge.limit) || gauge.limit <= 0)
        return desk::unknown;
    return std::max(0.0, gauge.value / gauge.limit);
}

RiskGauge::Level RiskGauge::levelOf(const desk::Gauge& gauge)
{
    const double share = usedShare(gauge);
    if (std::isnan(share))
        return Level::Unknown;
    if (share >= fullShare)
        return Level::Full;
    return share >= nearShare ? Level::Near : Level::Calm;
}

QString RiskGauge::helpOf(const desk::Gauge& gauge)
{
    const Words* const words = wordsOf(gauge.id);
    return words ? tr(words->help) : QString();
}

QString RiskGauge::nameOf(const desk::Gauge& gauge)
{
    const Words* const words = wordsOf(gauge.id);
    const QString name = words ? tr(words->name) : text(gauge.id);
    // The dot stays with the name where the line breaks.
    return gauge.detail.empty() ? name : name + QStringLiteral("\u00a0· ") + text(gauge.detail);
}

void RiskGauge::setGauge(const desk::Gauge& gauge)
{
    const auto say = [&](double value, int decimals) {
        return gauge.isMultiple ? multiple(value) : percent(value, decimals);
    };
    m_level = levelOf(gauge);
    const double share = usedShare(gauge);
    m_name->setText(nameOf(gauge));
    m_value->setText(say(gauge.value, 1));
    setLook(*m_value, "tone",
            m_level == Level::Full   ? QStringLiteral("loss")
            : m_level == Level::Near ? QStringLiteral("warning")
                                     : QStringLiteral("strong"));
    m_limit->setText(tr("of %1", "a limit").arg(say(gauge.limit, 0)));
    const double headroom = gauge.limit - std::max(0.0, gauge.value);
    const bool hasNoLimit = !std::isnan(gauge.value) && std::isnan(gauge.limit);
    m_limit->setVisible(!hasNoLimit);
    m_bar->setVisible(!hasNoLimit); // how full a bar would be nobody can say
    if (hasNoLimit)
        m_headroom->setText(tr("no limit"));
    else if (std::isnan(share))
        m_headroom->setText(tr("not known"));
    else if (headroom <= 0)
        m_headroom->setText(tr("limit reached"));
    else
        m_headroom->setText(tr("%1 left", "headroom to a limit").arg(say(headroom, 1)));
    const QString use = hasNoLimit ? tr("The profile sets no limit to it.")
                        : std::isnan(share)
                            ? tr("This figure is not known, so orders that add risk are judged without it or refused.")
                            : tr("%1 of the limit is used").arg(percent(share, 0));
    const QString help = helpOf(gauge);
    setToolTip(help.isEmpty() ? use : help + u'\n' + use);
    setAccessibleName(nameOf(gauge));
    setAccessibleDescription(m_value->text() + u' ' + m_limit->text() + QStringLiteral(", ") + m_headroom->text());
    m_bar->set(share, m_level);
}

} // namespace vegadesk::ui
