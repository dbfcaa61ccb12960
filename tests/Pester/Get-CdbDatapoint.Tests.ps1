BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $start = 1769882400
    $null = New-CdbStream minutes -Schema number
    Add-CdbDatapoint minutes -Value (0..9) -Timestamp (0..9 | ForEach-Object { $start + 60 * $_ })
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbDatapoint' {
    It 'reads the whole stream in order' {
        (Get-CdbDatapoint minutes).Data | Should -Be @(0..9)
    }

    It 'reads from and to, both included' {
        (Get-CdbDatapoint minutes -From ($start + 120) -To ($start + 240)).Data | Should -Be @(2, 3, 4)
        (Get-CdbDatapoint minutes -From ([DateTimeOffset]::FromUnixTimeSeconds($start + 480))).Data | Should -Be @(8, 9)
    }

    It 'reads <Arguments>' -ForEach @(
        @{ Arguments = @{ First = 2 }; Expected = 0, 1 }
        @{ Arguments = @{ Last = 2 }; Expected = 8, 9 }
        @{ Arguments = @{ First = 2; Skip = 3 }; Expected = 3, 4 }
        @{ Arguments = @{ Last = 2; Skip = 1 }; Expected = 7, 8 }
        @{ Arguments = @{ Index = 0 }; Expected = , 0 }
        @{ Arguments = @{ Index = -1 }; Expected = , 9 }
        @{ Arguments = @{ Index = 2..4 }; Expected = 2, 3, 4 }
        @{ Arguments = @{ Index = '-3..-2' }; Expected = 7, 8 }
        @{ Arguments = @{ Limit = 3 }; Expected = 0, 1, 2 }
    ) {
        @((Get-CdbDatapoint minutes @Arguments).Data) | Should -Be @($Expected)
    }

    It 'reads the last hour' {
        $null = New-CdbStream recent
        Add-CdbDatapoint recent 'old' -Timestamp 2h
        Add-CdbDatapoint recent 'new' -Timestamp 30m
        (Get-CdbDatapoint recent -Since 1h).Data | Should -Be 'new'
        (Get-CdbDatapoint recent -Since 3600s).Data | Should -Be 'new'
        (Get-CdbDatapoint recent -Since 1d).Data | Should -Be @('old', 'new')
        (Get-CdbDatapoint recent -Since ([timespan]::FromHours(3))).Data | Should -Be @('old', 'new')
    }

    It 'runs a transform, and counts the limit after it' {
        (Get-CdbDatapoint minutes -Transform 'if $ > 6').Data | Should -Be @(7, 8, 9)
        (Get-CdbDatapoint minutes -Transform 'if $ > 2' -Limit 2).Data | Should -Be @(3, 4)
        (Get-CdbDatapoint minutes -Transform 'sum | if last').Data | Should -Be 45
    }

    It 'shows the place in a script that cannot be read' {
        $problem = { Get-CdbDatapoint minutes -Transform 'if $ >' -ErrorAction Stop } | Should -Throw -ErrorId 'ScriptSyntax*' -PassThru
        $problem.TargetObject.Column | Should -BeGreaterThan 0
    }

    It 'gives datapoints with time, value and stream' {
        $point = Get-CdbDatapoint minutes -Index 1
        $point.Timestamp | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds($start + 60))
        $point.T | Should -Be ($start + 60)
        "$($point.Stream)" | Should -Be 'me/user/minutes'
    }

    It 'gives arrays with -Raw' {
        $raw = Get-CdbDatapoint minutes -First 3 -Raw
        , $raw.Timestamps | Should -BeOfType [double[]]
        $raw.Timestamps | Should -Be @($start, ($start + 60), ($start + 120))
        $raw.Values | Should -Be @(0, 1, 2)
        $raw.Count | Should -Be 3
        $raw.Stream | Should -Be 'me/user/minutes'
        ($raw | Out-String) | Should -Match 'Int64\[\]'
    }

    It 'takes streams from the pipeline' {
        (Get-CdbStream minutes | Get-CdbDatapoint -Last 1).Data | Should -Be 9
    }

    It 'gives the first of many at once' {
        $null = New-CdbStream many
        Add-CdbDatapoint many -Value (1..200000)
        (Get-CdbDatapoint many | Select-Object -First 1).Data | Should -Be 1
    }

    It 'names the stream that is not there, and goes on with the others' {
        $points = 'nothing', 'minutes' | Get-CdbDatapoint -Last 1 -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        $points.Data | Should -Be 9
    }

    It 'refuses a time that is none, and lists the forms' {
        { Get-CdbDatapoint minutes -From 'the day after' } | Should -Throw -ExpectedMessage '*ISO 8601*'
    }
}
