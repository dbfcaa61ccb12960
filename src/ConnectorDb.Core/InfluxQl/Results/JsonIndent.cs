using System.Buffers;

namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>Writes compact JSON with line breaks and four blanks for each level.</summary>
public static class JsonIndent
{
    private const int Width = 4;

    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> output = new(2 * json.Length);
        int depth = 0;
        bool isText = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte c = json[i];
            if (isText)
            {
                output.Write([c]);
                if (c == '\\')
                {
                    output.Write([json[++i]]);
                }

                isText = c != '"';
                continue;
            }

            isText = c == '"';
            bool isEmpty = i + 1 < json.Length && c is (byte)'{' or (byte)'[' && json[i + 1] is (byte)'}' or (byte)']';
            if (isEmpty)
            {
                output.Write(json.Slice(i++, 2));
            }
            else if (c is (byte)'}' or (byte)']')
            {
                Break(output, --depth);
                output.Write([c]);
            }
            else
            {
                output.Write([c]);
                depth += c is (byte)'{' or (byte)'[' ? 1 : 0;
                if (c is (byte)'{' or (byte)'[' or (byte)',')
                {
                    Break(output, depth);
                }
                else if (c == ':')
                {
                    output.Write(" "u8);
                }
            }
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Break(ArrayBufferWriter<byte> output, int depth)
    {
        output.Write("\n"u8);
        Span<byte> blanks = output.GetSpan(Width * depth)[..(Width * depth)];
        blanks.Fill((byte)' ');
        output.Advance(blanks.Length);
    }
}
