using System.Globalization;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>The result of one contestant.</summary>
internal readonly record struct Figure(string Name, double Value);

/// <summary>A line of the table: the first figure is ours, the others those of peers.</summary>
internal sealed record Row(string Work, string Goal, Unit Unit, params IReadOnlyList<Figure> Figures)
{
    public const string Head = "| work | goal | ConnectorDb | peers | times as good |\n|---|---|---|---|---|";

    /// <summary>The line in Markdown. Times as good: as fast, or as small, as the peer.</summary>
    public override string ToString()
    {
        double ours = Figures[0].Value;
        string peers = string.Join("; ", Figures.Skip(1).Select(peer => $"{peer.Name} {Unit.Text(peer.Value)}"));
        string ratios = string.Join("; ", Figures.Skip(1).Select(peer => Ratio(ours, peer.Value).ToString("G3", CultureInfo.InvariantCulture)));
        return $"| {Work} | {Goal} | {Unit.Text(ours)} | {peers} | {ratios} |";
    }

    private double Ratio(double ours, double peer) => Unit.IsRate ? ours / peer : peer / ours;
}
