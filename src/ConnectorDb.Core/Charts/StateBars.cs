namespace ConnectorDb.Core.Charts;

/// <summary>Makes bars of the states in columns. A state holds until the next datapoint, except across a gap.</summary>
internal sealed class StateBars
{
    /// <summary>A pause this many times as long as nine of ten is a gap. Streams that record changes have no usual pause, and so hardly ever one.</summary>
    private const int PausesPerGap = 8;

    private const double UsualPauses = 0.9;

    private readonly List<(double FirstT, double LastT, StateCount[] States)> _columns = [];

    public bool IsEmpty => _columns.Count == 0;

    /// <summary>The state of the newest datapoint.</summary>
    public string Last => _columns.MaxBy(column => column.LastT).States[^1].State;

    /// <param name="firstT">Unix seconds of the first datapoint of the column.</param>
    /// <param name="lastT">Unix seconds of the last one.</param>
    /// <param name="states">Its states, the newest last.</param>
    public void Add(double firstT, double lastT, StateCount[] states) => _columns.Add((firstT, lastT, states));

    /// <summary>The states, each a row from above, and their bars in order of time.</summary>
    public (IReadOnlyList<string> States, IReadOnlyList<StateBar> Bars) Build()
    {
        (double FirstT, double LastT, StateCount[] States)[] columns = [.. _columns.OrderBy(column => column.FirstT)];
        string[] states = [.. columns.SelectMany(column => column.States).Select(state => state.State).Distinct(StringComparer.Ordinal)
            .OrderBy(Rank).ThenBy(state => state, StringComparer.Ordinal)];
        Dictionary<string, int> rows = states.Select((state, row) => (state, row)).ToDictionary(pair => pair.state, pair => pair.row, StringComparer.Ordinal);
        double gap = GapOf([.. columns.Zip(columns.Skip(1), (before, after) => after.FirstT - before.LastT).Order()]);
        List<StateBar> bars = [];
        int[] newest = Enumerable.Repeat(-1, states.Length).ToArray();
        for (int i = 0; i < columns.Length; i++)
        {
            (double firstT, double lastT, StateCount[] held) = columns[i];
            double end = i + 1 < columns.Length && columns[i + 1].FirstT - lastT <= gap ? columns[i + 1].FirstT : lastT;
            foreach (StateCount state in held)
            {
                AddBar(rows[state.State], firstT, state == held[^1] ? end : lastT);
            }
        }

        return (states, bars);

        void AddBar(int row, double from, double to)
        {
            if (newest[row] is var before and >= 0 && bars[before].ToT >= from)
            {
                bars[before] = bars[before] with { ToT = Math.Max(to, bars[before].ToT) };
                return;
            }

            newest[row] = bars.Count;
            bars.Add(new StateBar(row, from, to));
        }
    }

    /// <summary>Orders true above false, and null below all others.</summary>
    private static int Rank(string state) => state switch { "true" => 0, "false" => 1, "null" => 3, _ => 2 };

    private static double GapOf(double[] pauses) => pauses.Length == 0 ? 0 : PausesPerGap * pauses[(int)Math.Ceiling(UsualPauses * (pauses.Length - 1))];
}
