#pragma once

#include <QProxyStyle>

namespace vegadesk::ui
{

class Theme;

/// Fusion without its gradients: fields, buttons of fields, checks and arrows are drawn flat in the theme's
/// colours. What a style sheet can say simply, it says in Theme; this class draws what a style sheet would
/// need pictures for.
class FlatStyle : public QProxyStyle
{
    Q_OBJECT

public:
    explicit FlatStyle(const Theme& theme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;

private:
    void drawField(QPainter& painter, const QStyleOption& option) const;
    void drawArrow(QPainter& painter, const QRect& rect, bool isDown, bool isEnabled) const;
    const Theme& m_theme;
};

} // namespace vegadesk::ui
