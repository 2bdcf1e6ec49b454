#pragma once

#include "desk/views.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace vegadesk::ui
{

/// How much of a limit is used: value, limit, headroom and a bar, amber from 60 %, red from 90 %.
class RiskGauge : public QWidget
{
    Q_OBJECT

public:
    static constexpr double nearShare = 0.6; ///< of the limit: from there on the bar is amber

    enum class Level : std::uint8_t { Unknown, Calm, Near, Full };

    explicit RiskGauge(const Theme& theme, QWidget* parent = nullptr);

    void setGauge(const desk::Gauge& gauge);
    Level level() const { return m_level; }

    /// 0 and up; NaN when value or limit is not known.
    static double usedShare(const desk::Gauge& gauge);
    static Level levelOf(const desk::Gauge& gauge);
    static QString nameOf(const desk::Gauge& gauge);
    static QString
    helpOf(const desk::Gauge& gauge); ///< what it measures, one sentence; empty for one that is not known here

private:
    class Bar;
    Bar* m_bar;
    QLabel *m_name, *m_value, *m_limit, *m_headroom;
    Level m_level = Level::Unknown;
};

} // namespace vegadesk::ui
