#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>
#include <QVariant>

#include <array>
#include <cstdint>

class QWidget;

namespace vegadesk::ui
{

/// What a colour is for. Literal colours live in theme.cpp's table and nowhere else.
enum class Role : std::uint8_t {
    Background,
    Panel,
    Raised,
    Line,
    Text,
    Dim,
    Faint,
    Accent,
    Selection,
    Gain,
    Loss,
    Warning,
    Live,
    Call,
    Put,
    InTheMoney,
    Count
};

enum class ThemeName : std::uint8_t { Dark, Light, BlueOrange };

/// Colours, fonts and measures of the whole window. One per application; changed() after a switch, and
/// widgets that paint themselves re-read it on QEvent::PaletteChange.
///
/// The style sheet knows a few dynamic properties; set them instead of writing style sheets of one's own:
///   QPushButton, QToolButton  "kind": "primary", "live", "danger", "chip", "segment", "flat", "field";
///                                     "dense": true makes a segment narrower
///   QLabel                    "tone": "dim", "faint", "label", "strong", "title", "gain", "loss", "warning",
///   "accent" QFrame                    "kind": "line" (a separator), "card" (raised)
/// Of a visible widget, change them by setLook().
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);

    QColor color(Role role) const;
    /// Gain for positive, Loss for negative, Text for what is not known or reads as zero at that many decimals.
    QColor signColor(double value, int decimals = 2) const;
    /// A ramp from low (0) to high (1) for heat maps, even in lightness, so that it also reads without colour.
    QColor heat(double share) const;
    /// Text or Panel, whichever reads better on a ground of that colour.
    QColor textOn(Role role) const;
    QColor textOn(const QColor& ground) const;
    ThemeName name() const { return m_name; }
    void setName(ThemeName name);
    bool isCompact() const { return m_isCompact; }
    void setCompact(bool compact);

    QFont bodyFont() const;        ///< Roboto 12.5 px
    QFont labelFont() const;       ///< 11 px
    QFont strongFont() const;      ///< body, medium weight
    int rowHeight() const;         ///< 23, compact 19
    static constexpr int unit = 8; ///< the rhythm: margins and gaps are multiples

    /// Palette, style sheet and fonts for the application; call once and after every change.
    void apply();

Q_SIGNALS:
    void changed();

private:
    QString styleSheet() const;
    ThemeName m_name = ThemeName::Dark;
    bool m_isCompact = false;
};

/// Sets a dynamic property and lets the style sheet see it; nothing happens when it has that value already.
void setLook(QWidget& widget, const char* property, const QVariant& value);

ThemeName themeFromText(const QString& text); ///< "light", "blue-orange"; anything else is dark

} // namespace vegadesk::ui
