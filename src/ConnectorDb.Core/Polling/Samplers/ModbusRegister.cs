using System.Buffers.Binary;
using System.Globalization;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>A value in a Modbus device: <c>TABLE ADDRESS [TYPE] [swapped] [unit N]</c>. Addresses begin with 0, as they are sent.</summary>
/// <remarks>Tables and function codes: MODBUS Application Protocol Specification V1.1b3, chapters 4.3 and 6.</remarks>
/// <param name="Function">The function code that reads the table.</param>
/// <param name="Type">The type of the value; bool for the tables of bits.</param>
/// <param name="IsSwapped">The register with the lowest bits comes first. Bytes in a register always begin with the highest.</param>
internal sealed record ModbusRegister(byte Function, ushort Address, string Type, bool IsSwapped, byte Unit)
{
    private const string Bit = "bool";

    private static readonly Dictionary<string, byte> s_functions = new(StringComparer.Ordinal) { ["coil"] = 1, ["discrete"] = 2, ["holding"] = 3, ["input"] = 4 };

    private static readonly Dictionary<string, int> s_registers = new(StringComparer.Ordinal)
    {
        [Bit] = 1, ["int16"] = 1, ["uint16"] = 1, ["int32"] = 2, ["uint32"] = 2, ["float32"] = 2, ["int64"] = 4, ["uint64"] = 4, ["float64"] = 4,
    };

    /// <summary>Bits or registers to read.</summary>
    public ushort Count => (ushort)s_registers[Type];

    /// <summary>Bytes of the answer.</summary>
    public int Bytes => Type == Bit ? 1 : 2 * Count;

    /// <exception cref="InvalidValueException">The text is not such a value.</exception>
    public static ModbusRegister Parse(string text)
    {
        List<string> words = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        byte unit = 1;
        if (words.IndexOf("unit") is >= 0 and var at)
        {
            if (at + 1 >= words.Count || !byte.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out unit))
            {
                throw new InvalidValueException($"'{text}' has no number of a unit, 0 to 255, after 'unit'.", text);
            }

            words.RemoveRange(at, 2);
        }

        bool isSwapped = words.Remove("swapped");
        if (words is not [var table, var place, ..] || words.Count > 3 || !s_functions.TryGetValue(table, out byte function) || !ushort.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out ushort address))
        {
            throw new InvalidValueException($"'{text}' is not TABLE ADDRESS [TYPE] [swapped] [unit N]. The tables are {string.Join(", ", s_functions.Keys)}, addresses are 0 to 65535. Give one such as 'holding 100 float32'.", text);
        }

        bool isBit = function <= s_functions["discrete"];
        string type = words.ElementAtOrDefault(2) ?? (isBit ? Bit : "uint16");
        return s_registers.TryGetValue(type, out int registers) && isBit == (type == Bit) && !(isSwapped && registers == 1)
            ? new ModbusRegister(function, address, type, isSwapped, unit)
            : throw new InvalidValueException($"'{text}' cannot be read: {table} has {(isBit ? "bits, without a type" : $"the types {string.Join(", ", s_registers.Keys.Where(each => each != Bit))}; swapped is for those of 32 and 64 bits")}.", text);
    }

    /// <summary>The value of the data of an answer.</summary>
    public DataValue Read(ReadOnlySpan<byte> data)
    {
        if (Type == Bit)
        {
            return DataValue.From((data[0] & 1) != 0);
        }

        Span<byte> bytes = stackalloc byte[data.Length];
        for (int i = 0; i < data.Length; i += 2)
        {
            data.Slice(IsSwapped ? data.Length - 2 - i : i, 2).CopyTo(bytes[i..]);
        }

        return Type switch
        {
            "int16" => DataValue.From((long)BinaryPrimitives.ReadInt16BigEndian(bytes)),
            "int32" => DataValue.From((long)BinaryPrimitives.ReadInt32BigEndian(bytes)),
            "uint32" => DataValue.From((long)BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            "float32" => DataValue.From((double)BinaryPrimitives.ReadSingleBigEndian(bytes)),
            "int64" => DataValue.From(BinaryPrimitives.ReadInt64BigEndian(bytes)),
            "uint64" => DataValue.ReadNumber(System.Text.Encoding.ASCII.GetBytes(BinaryPrimitives.ReadUInt64BigEndian(bytes).ToString(CultureInfo.InvariantCulture))),
            "float64" => DataValue.From(BinaryPrimitives.ReadDoubleBigEndian(bytes)),
            _ => DataValue.From((long)BinaryPrimitives.ReadUInt16BigEndian(bytes)),
        };
    }
}
