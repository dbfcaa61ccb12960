using System.Globalization;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>The unit of a figure.</summary>
/// <param name="Format">How a figure is written.</param>
/// <param name="IsRate">More of it is better.</param>
/// <param name="Of">The figure for so many seconds.</param>
internal sealed record Unit(string Format, bool IsRate, Func<double, double> Of)
{
    public static Unit Milliseconds { get; } = new("{0:0.##} ms", false, seconds => 1000 * seconds);

    public static Unit BytesPerPoint { get; } = new("{0:0.00} B", false, bytes => bytes);

    public static Unit Kibibytes { get; } = new("{0:0} KiB", false, kibibytes => kibibytes);

    public static Unit MillionPerSecond(int points) => new("{0:0.00} M/s", true, seconds => points / seconds / 1e6);

    public static Unit PerSecond(int calls) => new("{0:N0} /s", true, seconds => calls / seconds);

    public string Text(double value) => string.Format(CultureInfo.InvariantCulture, Format, value);
}
