namespace SmartService.Gateway.Access;

/// <summary>A point of the twisted Edwards curve -x² + y² = 1 + d x² y² in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
/// <remarks>RFC 8032, section 5.1; the formulas are complete for this curve, so no special cases exist.</remarks>
internal readonly struct Ed25519Point(Ed25519Field x, Ed25519Field y, Ed25519Field z, Ed25519Field t)
{
    private static readonly Ed25519Field D = Ed25519Field.Read(Convert.FromHexString("A3785913CA4DEB75ABD841414D0A700098E879777940C78C73FE6F2BEE6C0352"));
    private static readonly Ed25519Field D2 = D + D;
    private static readonly Ed25519Field RootOfMinusOne = Ed25519Field.Read(Convert.FromHexString("B0A00E4A271BEEC478E42FAD0618432FA7D7FB3D99004D2B0BDFC14F8024832B"));
    private readonly Ed25519Field _x = x, _y = y, _z = z, _t = t;

    /// <summary>The generator of RFC 8032: y = 4/5, x even.</summary>
    public static readonly Ed25519Point Base = Decode(Convert.FromHexString("5866666666666666666666666666666666666666666666666666666666666666"))!.Value;

    public static Ed25519Point Neutral => new(Ed25519Field.Zero, Ed25519Field.One, Ed25519Field.One, Ed25519Field.Zero);

    /// <summary>Reads 32 bytes; null when they are no point or not the canonical encoding of one. RFC 8032, section 5.1.3.</summary>
    public static Ed25519Point? Decode(ReadOnlySpan<byte> bytes)
    {
        var y = Ed25519Field.Read(bytes);
        Span<byte> canonical = stackalloc byte[32];
        y.Write(canonical);
        canonical[31] |= (byte)(bytes[31] & 0x80);
        if (!canonical.SequenceEqual(bytes))
        {
            return null;
        }

        var yy = y * y;
        var u = yy - Ed25519Field.One;
        var v = (D * yy) + Ed25519Field.One;
        var v3 = v * v * v;
        var x = u * v3 * (u * v3 * v3 * v).Power252Less3();
        var check = v * x * x;
        if (!check.EqualTo(u))
        {
            if (!check.EqualTo(Ed25519Field.Zero - u))
            {
                return null;
            }

            x *= RootOfMinusOne;
        }

        var negative = (bytes[31] & 0x80) != 0;
        if (negative && x.IsZero)
        {
            return null;
        }

        x = x.IsNegative == negative ? x : Ed25519Field.Zero - x;
        return new(x, y, Ed25519Field.One, x * y);
    }

    public void Encode(Span<byte> bytes)
    {
        var inverse = _z.Inverse();
        (_y * inverse).Write(bytes);
        if ((_x * inverse).IsNegative)
        {
            bytes[31] |= 0x80;
        }
    }

    public Ed25519Point Negated() => new(Ed25519Field.Zero - _x, _y, _z, Ed25519Field.Zero - _t);

    public static Ed25519Point operator +(in Ed25519Point p, in Ed25519Point q)
    {
        var a = (p._y - p._x) * (q._y - q._x);
        var b = (p._y + p._x) * (q._y + q._x);
        var c = p._t * D2 * q._t;
        var zz = p._z * q._z;
        var d = zz + zz;
        var e = b - a;
        var f = d - c;
        var g = d + c;
        var h = b + a;
        return new(e * f, g * h, f * g, e * h);
    }

    public Ed25519Point Doubled()
    {
        var a = _x * _x;
        var b = _y * _y;
        var zz = _z * _z;
        var c = zz + zz;
        var h = a + b;
        var xy = _x + _y;
        var e = h - (xy * xy);
        var g = a - b;
        var f = c + g;
        return new(e * f, g * h, f * g, e * h);
    }

    /// <summary>[s]B + [k]P, both scalars 32 little-endian bytes: one ladder of doublings for both (Straus).</summary>
    public static Ed25519Point Combine(ReadOnlySpan<byte> s, ReadOnlySpan<byte> k, in Ed25519Point p)
    {
        var both = Base + p;
        var sum = Neutral;
        for (var bit = 255; bit >= 0; bit--)
        {
            sum = sum.Doubled();
            sum = (Bit(s, bit), Bit(k, bit)) switch
            {
                (true, true) => sum + both,
                (true, false) => sum + Base,
                (false, true) => sum + p,
                _ => sum,
            };
        }

        return sum;
    }

    private static bool Bit(ReadOnlySpan<byte> scalar, int bit) => ((scalar[bit >> 3] >> (bit & 7)) & 1) == 1;
}
