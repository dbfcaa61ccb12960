using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Numbers the distinct texts of values in order of appearance.</summary>
/// <param name="most">The limit for the number of texts.</param>
/// <param name="limit">The name of that limit for the message.</param>
/// <param name="memory">Counts the texts.</param>
internal sealed class KeyIndex(int most, string limit, WorkingMemory memory)
{
    /// <summary>The entries of a text in the list and the dictionary, and of a number in one more, in bytes.</summary>
    private const int EntrySize = 64;
    private const int NumberSize = 32;

    private readonly Dictionary<string, int> _ofText = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _ofNumber = [];
    private readonly Dictionary<long, int> _ofInteger = [];

    public List<string> Keys { get; } = [];

    /// <summary>The numbers of a column's values: as many as values, or fewer and the error of the datapoint after them.</summary>
    public ReadOnlySpan<int> Read(Block input, Column column, ref EvaluationError? error)
    {
        int[] numbers = Buffers.Make<int>(column.Count);
        for (int i = 0; i < numbers.Length; i++)
        {
            int? number = column switch
            {
                NumberColumn doubles => Find(_ofNumber, BitConverter.DoubleToInt64Bits(doubles.Values.Span[i]), column, i),
                IntegerColumn integers => Find(_ofInteger, integers.Values.Span[i], column, i),
                _ => Find(column[i]),
            };
            if (number is not { } found)
            {
                error = EvaluationError.At(input, i, ProblemOf(column[i]));
                return numbers.AsSpan(0, i);
            }

            numbers[i] = found;
        }

        return numbers;
    }

    /// <summary>Looks up numbers by their bits, because formatting a number takes longer than finding it.</summary>
    private int? Find(Dictionary<long, int> known, long bits, Column column, int index)
    {
        if (known.TryGetValue(bits, out int number))
        {
            return number;
        }

        int? found = Find(column[index]);
        if (found is { } added)
        {
            memory.Hold(NumberSize);
            known[bits] = added;
        }

        return found;
    }

    private int? Find(DataValue value)
    {
        if (!Conversion.TryText(value, out string key))
        {
            return null;
        }

        if (!_ofText.TryGetValue(key, out int number))
        {
            if (Keys.Count == most)
            {
                return null;
            }

            number = Keys.Count;
            memory.Hold(ColumnSize.OfText(key.Length) + EntrySize);
            _ofText.Add(key, number);
            Keys.Add(key);
        }

        return number;
    }

    private Problem ProblemOf(DataValue value)
        => Conversion.TryText(value, out _)
            ? new($"{ValueText.Short(value)} is one more than the {most} distinct values that {limit} takes", limit == "map" ? $"Reached maximum map amount {most}." : null)
            : Problem.NotText(value);
}
