#include "ui/theme/flat_style.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace vegadesk::ui
{

FlatStyle::FlatStyle(const Theme& theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme) {}

void FlatStyle::drawField(QPainter& painter, const QStyleOption& option) const
{
    const bool hasFocus = (option.state & State_HasFocus) && (option.state & State_Enabled);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(hasFocus ? Role::Accent : Role::Line));
    painter.setBrush(m_theme.color(Role::Raised));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void FlatStyle::drawArrow(QPainter& painter, const QRect& rect, bool isDown, bool isEnabled) const
{
    const QPointF centre = QRectF(rect).center();
    const double half = 3.5, height = isDown ? 2.0 : -2.0;
    QPainterPath path(centre + QPointF(-half, -height));
    path.lineTo(centre + QPointF(half, -height));
    path.lineTo(centre + QPointF(0, height));
    path.closeSubpath();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, m_theme.color(isEnabled ? Role::Dim : Role::Faint));
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    const bool isEnabled = option->state & State_Enabled;
    switch (element) {
    case PE_PanelLineEdit: {
        // An edit inside a spin box or an editable combo has no frame of its own.
        const auto* const frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (!frame || frame->lineWidth <= 0)
            return;
        painter->save();
        drawField(*painter, *option);
        painter->restore();
        return;
    }
    case PE_FrameLineEdit:
    case PE_FrameFocusRect:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool isOn = option->state & State_On;
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->setPen(m_theme.color(isOn || (option->state & State_HasFocus) ? Role::Accent : Role::Faint));
        painter->setBrush(m_theme.color(isOn ? Role::Accent : Role::Raised));
        painter->drawRoundedRect(box, 3, 3);
        if (isOn) {
            painter->setPen(QPen(m_theme.color(Role::Panel), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const QPointF tick[3] = {{box.left() + box.width() * 0.25, box.top() + box.height() * 0.52},
                                     {box.left() + box.width() * 0.43, box.top() + box.height() * 0.70},
                                     {box.left() + box.width() * 0.76, box.top() + box.height() * 0.32}};
            painter->drawPolyline(tick, 3);
        }
        painter->restore();
        return;
    }
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
        painter->save();
        drawArrow(*painter, option->rect, element == PE_IndicatorArrowDown, isEnabled);
        painter->restore();
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                   const QWidget* widget) const
{
    const bool isEnabled = option->state & State_Enabled;
    if (control == CC_ComboBox) {
        const auto* const combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        painter->save();
        if (combo && combo->frame)
            drawField(*painter, *option);
        const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
        drawArrow(*painter, arrow, true, isEnabled);
        painter->restore();
        return;
    }
    if (control == CC_SpinBox) {
        const auto* const spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        painter->save();
        if (spin && spin->frame)
            drawField(*painter, *option);
        if (spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
            const QRect up = subControlRect(CC_SpinBox, option, SC_SpinBoxUp, widget);
            const QRect down = subControlRect(CC_SpinBox, option, SC_SpinBoxDown, widget);
            drawArrow(*painter, up, false, isEnabled && (spin->stepEnabled & QAbstractSpinBox::StepUpEnabled));
            drawArrow(*painter, down, true, isEnabled && (spin->stepEnabled & QAbstractSpinBox::StepDownEnabled));
        }
        painter->restore();
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect FlatStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto* const frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    // Text must not touch the field's rounded frame; edits inside other fields have none.
    return element == SE_LineEditContents && frame && frame->lineWidth > 0 ? rect.adjusted(4, 0, -4, 0) : rect;
}

int FlatStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return 15;
    case PM_DockWidgetSeparatorExtent:
        return 6;
    case PM_DockWidgetFrameWidth:
        return 0;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlatStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_ScrollBar_Transient:
        return 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_ComboBox_Popup:
        return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons: // desktops bring icons of their own; the word says it
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 350;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace vegadesk::ui
