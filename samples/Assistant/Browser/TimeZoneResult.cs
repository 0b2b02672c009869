namespace Assistant.Browser;

/// <summary>What the page says about its user's time.</summary>
/// <param name="TimeZone">The IANA name, such as <c>Europe/Oslo</c>.</param>
/// <param name="LocalTime">Its clock, with the offset from UTC; null where it does not say.</param>
internal sealed record TimeZoneResult(string TimeZone, DateTimeOffset? LocalTime);
