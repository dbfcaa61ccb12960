using System.Text;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>Values as ConnectorDB 0.3 writes them in its messages: <c>map[a:1 b:[1 2]]</c>.</summary>
/// <remarks>The verb <c>%v</c> of Go, <see href="https://pkg.go.dev/fmt#hdr-Printing"/>. Members are in the order of their names.</remarks>
internal static class GoText
{
    /// <summary>Longer texts are cut.</summary>
    private const int MostLetters = 1000;

    public static string Of(DataValue value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.Length <= MostLetters ? text.ToString() : text.ToString(0, MostLetters) + "…";
    }

    private static void Append(StringBuilder text, DataValue value)
    {
        if (text.Length > MostLetters)
        {
            return;
        }

        switch (value.Kind)
        {
            case DataKind.Null:
                text.Append("<nil>");
                break;
            case DataKind.Boolean:
                text.Append(value.AsBoolean() ? "true" : "false");
                break;
            case DataKind.Text:
                text.Append(value.AsText().AsSpan(0, Math.Min(value.AsText().Length, MostLetters + 1)));
                break;
            case DataKind.Array:
                text.Append('[');
                AppendAll(text, value.AsArray(), item => Append(text, item));
                text.Append(']');
                break;
            case DataKind.Object:
                text.Append("map[");
                AppendAll(text, value.AsObject().OrderBy(member => member.Key, StringComparer.Ordinal), member =>
                {
                    text.Append(member.Key).Append(':');
                    Append(text, member.Value);
                });
                text.Append(']');
                break;
            default:
                text.Append(ValueText.Of(value.AsDouble()));
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, IEnumerable<T> items, Action<T> append)
    {
        bool isFirst = true;
        foreach (T item in items)
        {
            if (text.Length > MostLetters)
            {
                return;
            }

            text.Append(isFirst ? "" : " ");
            append(item);
            isFirst = false;
        }
    }
}
