#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>

#include <array>
#include <cstdint>

namespace vegadesk::ui
{

/// What a colour is for. Literal colours live in theme.cpp's table and nowhere else.
enum class Role : std::uint8_t {
    Background, Panel, Raised, Line,
    Text, Dim, Faint,
    Accent, Selection,
    Gain, Loss, Warning, Live,
    Call, Put, InTheMoney,
    Count
};

enum class ThemeName : std::uint8_t { Dark, Light, BlueOrange };

/// Colours, fonts and measures of the whole window. One per application; changed() after a switch, and
/// widgets that paint themselves re-read it on QEvent::PaletteChange.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);

    QColor color(Role role) const;
    /// Gain for positive, Loss for negative, Text for zero and unknown.
    QColor signColor(double value) const;
    ThemeName name() const { return m_name; }
    void setName(ThemeName name);
    bool isCompact() const { return m_isCompact; }
    void setCompact(bool compact);

    QFont bodyFont() const;   ///< Roboto 12.5 px
    QFont labelFont() const;  ///< 11 px
    QFont strongFont() const; ///< body, medium weight
    int rowHeight() const;    ///< 23, compact 19
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

ThemeName themeFromText(const QString& text); ///< "light", "blue-orange"; anything else is dark

} // namespace vegadesk::ui
