#include "ui/panels/risk_gauge.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double nearShare = 0.6, fullShare = 0.9;
constexpr int barHeight = 4;
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
    m_name->setWordWrap(true); // a narrow dock breaks it rather than cutting it
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(3);
    grid->addWidget(m_name, 0, 0);
    grid->addWidget(m_value, 0, 1, Qt::AlignBottom);
    grid->addWidget(m_limit, 0, 2, Qt::AlignBottom);
    grid->addWidget(m_bar, 1, 0, 1, 3);
    grid->addWidget(m_headroom, 2, 0, 1, 3, Qt::AlignRight);
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

QString RiskGauge::nameOf(const desk::Gauge& gauge)
{
    QString name;
    if (gauge.id == "daily_loss")
        name = tr("Daily loss");
    else if (gauge.id == "leverage")
        name = tr("Leverage");
    else if (gauge.id == "largest_position")
        name = tr("Largest position");
    else if (gauge.id == "buying_power")
        name = tr("Buying power used");
    else
        name = text(gauge.id);
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
    if (std::isnan(share))
        m_headroom->setText(tr("not known"));
    else if (headroom <= 0)
        m_headroom->setText(tr("limit reached"));
    else
        m_headroom->setText(tr("%1 left", "headroom to a limit").arg(say(headroom, 1)));
    setToolTip(std::isnan(share)
                   ? tr("This figure is not known, so orders that add risk are judged without it or refused.")
                   : tr("%1 of the limit is used").arg(percent(share, 0)));
    m_bar->set(share, m_level);
}

} // namespace vegadesk::ui
