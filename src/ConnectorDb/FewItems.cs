using System.Runtime.CompilerServices;

namespace ConnectorDb;

/// <summary>Collects items of which there are usually few, without memory besides the array that results.</summary>
internal struct FewItems<T>
{
    private const int FirstCount = 8;
    private First _first;
    private List<T>? _more;
    private int _count;

    public void Add(T item)
    {
        if (_count < FirstCount)
        {
            _first[_count] = item;
        }
        else
        {
            (_more ??= []).Add(item);
        }

        _count++;
    }

    public readonly T[] ToArray()
    {
        if (_count == 0)
        {
            return [];
        }

        T[] items = new T[_count];
        ((ReadOnlySpan<T>)_first)[..Math.Min(_count, FirstCount)].CopyTo(items);
        _more?.CopyTo(items, FirstCount);
        return items;
    }

    [InlineArray(FirstCount)]
    private struct First
    {
        private T _item;
    }
}
