#include "ui/theme/theme.h"

#include "ui/theme/flat_style.h"
#include "ui/theme/format.h"

#include <QApplication>
#include <QScreen>
#include <QStyle>
#include <QToolTip>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
using Table = std::array<QRgb, static_cast<std::size_t>(Role::Count)>;

// In the order of Role. The third is safe for the common kinds of colour blindness (Okabe and Ito's hues on
// the dark ground): gain and loss are blue and orange, and never meet red or green.
constexpr std::array<Table, 3> tables{{
    {0xff0e1116, 0xff151a21, 0xff1c232c, 0xff262f3a, // Background, Panel, Raised, Line
     0xffe6ebf2, 0xff8b97a7, 0xff5b6675,             // Text, Dim, Faint
     0xff4da3ff, 0xff20344d,                         // Accent, Selection
     0xff3ccf91, 0xffff6b6b, 0xfff2b84b, 0xffff5d3d, // Gain, Loss, Warning, Live
     0xff4da3ff, 0xffc58bff, 0xff18222e},            // Call, Put, InTheMoney
    {0xffeef1f5, 0xffffffff, 0xfff5f7fa, 0xffd9dfe7, 0xff17202b, 0xff5a6675, 0xff8c97a5, 0xff0b6bd3, 0xffd6e8fd,
     0xff0b8f57, 0xffcf2f2f, 0xffa86a00, 0xffc8321a, 0xff0b6bd3, 0xff7a3fc2, 0xffeef5fd},
    {0xff0e1116, 0xff151a21, 0xff1c232c, 0xff262f3a, 0xffe6ebf2, 0xff8b97a7, 0xff5b6675, 0xff8fb8e8, 0xff20344d,
     0xff56b4e9, 0xffe69f00, 0xfff0e442, 0xffff8a3d, 0xff56b4e9, 0xffcc79a7, 0xff18222e},
}};

// Low to high. Dark themes start near their ground, the light one ends dark; the third goes from blue to orange.
constexpr std::size_t heatSteps = 5;
constexpr std::array<std::array<QRgb, heatSteps>, 3> heatTables{{
    {0xff1d2f4f, 0xff1f5f86, 0xff23928a, 0xff6fc06a, 0xffe8d657},
    {0xffdcebf7, 0xff9ccbe0, 0xff4fa3b5, 0xff2c6f93, 0xff2a3f72},
    {0xff173a5e, 0xff2f78b0, 0xff93a7b0, 0xffd9973a, 0xffffd27a},
}};

constexpr double bodyPixels = 12.5, labelPixels = 11;
constexpr int wideRow = 23, compactRow = 19;

/// Fonts count in points; pixels keep the sketch's half-pixel sizes and follow the screen's own resolution.
QFont font(double pixels, QFont::Weight weight = QFont::Normal)
{
    QFont result;
    result.setFamilies({QStringLiteral("Roboto"), QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                        QStringLiteral("DejaVu Sans")});
    result.setStyleHint(QFont::SansSerif);
    const QScreen* const screen = QGuiApplication::primaryScreen();
    result.setPointSizeF(pixels * 72.0 / (screen ? screen->logicalDotsPerInchY() : 96.0));
    result.setWeight(weight);
    return result;
}

double luminance(const QColor& color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(share * a + (1 - share) * b)); };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue()));
}
} // namespace

Theme::Theme(QObject* parent) : QObject(parent) {}

QColor Theme::color(Role role) const
{
    return QColor::fromRgb(tables[static_cast<std::size_t>(m_name)][static_cast<std::size_t>(role)]);
}

QColor Theme::signColor(double value, int decimals) const
{
    const int sign = shownSign(value, decimals);
    if (sign > 0)
        return color(Role::Gain);
    return color(sign < 0 ? Role::Loss : Role::Text);
}

QColor Theme::heat(double share) const
{
    const auto& steps = heatTables[static_cast<std::size_t>(m_name)];
    const double at = std::clamp(share, 0.0, 1.0) * (heatSteps - 1);
    const auto below = std::min(static_cast<std::size_t>(at), heatSteps - 2);
    return mixed(QColor::fromRgb(steps[below + 1]), QColor::fromRgb(steps[below]), at - static_cast<double>(below));
}

QColor Theme::textOn(Role role) const
{
    return textOn(color(role));
}

QColor Theme::textOn(const QColor& under) const
{
    const double ground = luminance(under);
    const auto contrast = [ground](const QColor& text) {
        const double other = luminance(text);
        return (std::max(ground, other) + 0.05) / (std::min(ground, other) + 0.05);
    };
    const QColor panel = color(Role::Panel), text = color(Role::Text);
    return contrast(panel) > contrast(text) ? panel : text;
}

void Theme::setName(ThemeName name)
{
    m_name = name;
}

void Theme::setCompact(bool compact)
{
    m_isCompact = compact;
}

QFont Theme::bodyFont() const
{
    return font(bodyPixels);
}

QFont Theme::labelFont() const
{
    return font(labelPixels);
}

QFont Theme::strongFont() const
{
    return font(bodyPixels, QFont::Medium);
}

int Theme::rowHeight() const
{
    return m_isCompact ? compactRow : wideRow;
}

void Theme::apply()
{
    if (!qobject_cast<FlatStyle*>(QApplication::style()))
        QApplication::setStyle(new FlatStyle(*this));

    QPalette palette;
    palette.setColor(QPalette::Window, color(Role::Panel));
    palette.setColor(QPalette::Base, color(Role::Panel));
    palette.setColor(QPalette::AlternateBase, color(Role::Raised));
    palette.setColor(QPalette::Button, color(Role::Raised));
    palette.setColor(QPalette::ToolTipBase, color(Role::Raised));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText,
                            QPalette::BrightText, QPalette::HighlightedText})
        palette.setColor(role, color(Role::Text));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Role::Faint));
    palette.setColor(QPalette::PlaceholderText, color(Role::Faint));
    palette.setColor(QPalette::Highlight, color(Role::Selection));
    palette.setColor(QPalette::Link, color(Role::Accent));
    palette.setColor(QPalette::Light, color(Role::Line));
    palette.setColor(QPalette::Midlight, color(Role::Line));
    palette.setColor(QPalette::Mid, color(Role::Line));
    palette.setColor(QPalette::Dark, color(Role::Line));
    palette.setColor(QPalette::Shadow, color(Role::Background));

    QApplication::setFont(bodyFont());
    QApplication::setPalette(palette);
    QToolTip::setFont(labelFont());
    QToolTip::setPalette(palette);
    qApp->setStyleSheet(styleSheet());
    Q_EMIT changed();
}

QString Theme::styleSheet() const
{
    QString sheet = QStringLiteral(R"(
QMainWindow, QDialog { background: @background; }
QMainWindow::separator { background: transparent; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: @line; }
QMainWindow[live="true"] { background: @live; }
QFrame[kind="bar"] { background: @panel; border: none; }
QFrame[kind="outline"] { background: transparent; border: 2px solid @accent; border-radius: 5px; }
QStatusBar { background: transparent; }
QStatusBar::item { border: none; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }

QFrame[kind="title"] { background: @panel; border: 1px solid @line; border-top-left-radius: 4px; border-top-right-radius: 4px; }
QFrame[kind="body"] { background: @panel; border: 1px solid @line; border-top: none; border-bottom-left-radius: 4px; border-bottom-right-radius: 4px; }
QFrame[kind="card"] { background: @raised; border: 1px solid @line; border-radius: 6px; }
QFrame[kind="line"] { background: @line; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; }
QLabel[tone="dim"] { color: @dim; }
QLabel[tone="faint"] { color: @faint; }
QLabel[tone="label"] { color: @dim; font-size: @labelpt; }
QLabel[tone="strong"] { font-weight: 500; }
QLabel[tone="gain"] { color: @gain; font-weight: 500; }
QLabel[tone="loss"] { color: @loss; font-weight: 500; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="accent"] { color: @accent; }
QLabel[tone="title"] { font-size: @titlept; font-weight: 500; }

QPushButton, QToolButton { background: @raised; color: @text; border: 1px solid @line; border-radius: 4px; padding: 4px 12px; }
QPushButton:hover, QToolButton:hover { border-color: @faint; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton:pressed, QToolButton:pressed { background: @selection; }
QPushButton:disabled, QToolButton:disabled { color: @faint; background: @panel; }
QToolButton::menu-indicator { image: none; width: 0px; }
QPushButton[kind="primary"] { background: @accent; color: @onaccent; border-color: @accent; font-weight: 500; }
QPushButton[kind="primary"]:hover { background: @accenthover; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @faint; border-color: @line; }
QPushButton[kind="live"] { background: @live; color: @onlive; border-color: @live; font-weight: 500; }
QPushButton[kind="live"]:disabled { background: @raised; color: @faint; border-color: @line; }
QPushButton[kind="danger"] { background: transparent; color: @loss; border-color: @loss; font-weight: 500; }
QPushButton[kind="danger"]:hover { background: @losswash; }
QPushButton[kind="chip"], QToolButton[kind="chip"] { background: transparent; color: @dim; border-radius: 11px; padding: 2px 10px; min-height: 16px; }
QPushButton[kind="chip"]:hover { color: @text; }
QPushButton[kind="chip"]:checked { background: @accent; color: @onaccent; border-color: @accent; font-weight: 500; }
QPushButton[kind="segment"] { background: transparent; color: @dim; border: 1px solid @line; border-radius: 4px; padding: 4px 10px; }
QPushButton[kind="segment"][dense="true"] { padding: 4px 5px; }
QPushButton[kind="segment"]:checked { background: @selection; color: @text; font-weight: 500; }
QPushButton[kind="segment"][live="true"]:checked { background: @live; color: @onlive; border-color: @live; }
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent; color: @dim; border: none; padding: 2px 6px; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover, QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { color: @text; }
QPushButton[kind="field"] { background: @raised; color: @faint; text-align: left; padding: 6px 10px; }

QTableView, QTreeView, QListView { background: @panel; border: none; selection-background-color: @selection; selection-color: @text; }
QTableView { gridline-color: transparent; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @dim; border: none; border-bottom: 1px solid @line; padding: 2px 7px; font-size: @labelpt; }
QHeaderView[kind="dense"]::section { padding-left: 1px; }
QTableCornerButton::section { background: @panel; border: none; }
QAbstractScrollArea { background: @panel; border: none; }
QPlainTextEdit, QTextEdit, QTextBrowser { background: @panel; border: none; }

QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 3px; min-height: 24px; min-width: 24px; margin: 1px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: @dim; border: none; padding: 6px 10px 7px 10px; font-size: @labelpt; }
QTabBar::tab:selected { color: @text; font-weight: 500; }
QTabBar::tab:hover { color: @text; }
QTabBar:focus::tab:selected { color: @accent; }
QMainWindow > QTabBar { background: @panel; border: 1px solid @line; border-top-left-radius: 4px; border-top-right-radius: 4px; }

QMenu { background: @raised; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 20px; border-radius: 3px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; padding: 2px; }

QSlider::groove:horizontal { background: @line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: @accent; width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; }
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: @faint; }
QSlider::handle:horizontal:focus { border: 2px solid @text; width: 8px; height: 8px; }
QProgressBar { background: @line; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QGroupBox { border: none; margin-top: 16px; padding-top: 8px; font-weight: 500; }
QGroupBox::title { subcontrol-origin: margin; left: 0px; }
QSplitter::handle { background: @line; }
)");
    const auto points = [](const QFont& of, double scale) {
        return QStringLiteral("%1pt").arg(of.pointSizeF() * scale);
    };
    const QColor accent = color(Role::Accent);
    // Longest names first: "@line" must not eat the head of a longer one.
    const std::array<std::pair<const char*, QString>, 19> values{{
        {"@accenthover", mixed(accent, color(Role::Text), 0.85).name()},
        {"@background", color(Role::Background).name()},
        {"@selection", color(Role::Selection).name()},
        {"@onaccent", textOn(Role::Accent).name()},
        {"@losswash", mixed(color(Role::Loss), color(Role::Panel), 0.15).name()},
        {"@labelpt", points(labelFont(), 1)},
        {"@titlept", points(bodyFont(), 1.2)},
        {"@warning", color(Role::Warning).name()},
        {"@onlive", textOn(Role::Live).name()},
        {"@raised", color(Role::Raised).name()},
        {"@accent", accent.name()},
        {"@panel", color(Role::Panel).name()},
        {"@faint", color(Role::Faint).name()},
        {"@line", color(Role::Line).name()},
        {"@text", color(Role::Text).name()},
        {"@gain", color(Role::Gain).name()},
        {"@loss", color(Role::Loss).name()},
        {"@live", color(Role::Live).name()},
        {"@dim", color(Role::Dim).name()},
    }};
    for (const auto& [name, value] : values)
        sheet.replace(QLatin1String(name), value);
    return sheet;
}

void setLook(QWidget& widget, const char* property, const QVariant& value)
{
    if (widget.property(property) == value)
        return;
    widget.setProperty(property, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

ThemeName themeFromText(const QString& text)
{
    if (text == QLatin1String("light"))
        return ThemeName::Light;
    return text == QLatin1String("blue-orange") ? ThemeName::BlueOrange : ThemeName::Dark;
}

} // namespace vegadesk::ui
