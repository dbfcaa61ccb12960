BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $start = 1769882400
    $null = New-CdbStream even
    $null = New-CdbStream odd
    Add-CdbDatapoint even -Value 0, 2, 4 -Timestamp $start, ($start + 2), ($start + 4)
    Add-CdbDatapoint odd -Value 1, 3 -Timestamp ($start + 1), ($start + 3)
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Invoke-CdbMerge' {
    It 'gives one order of time' {
        (Invoke-CdbMerge even, odd).Data | Should -Be @(0..4)
    }

    It 'puts the stream named first first at equal times' {
        (Invoke-CdbMerge odd, even, odd).Data | Should -Be @(0, 1, 1, 2, 3, 3, 4)
    }

    It 'keeps to a range, for all or for one' {
        (Invoke-CdbMerge even, odd -From ($start + 1) -To ($start + 3)).Data | Should -Be @(1, 2, 3)
        (Invoke-CdbMerge even, @{ Stream = 'odd'; Last = 1 }).Data | Should -Be @(0, 2, 3, 4)
    }

    It 'runs a transform of one''s own for each stream' {
        (Invoke-CdbMerge @{ Stream = 'even'; Transform = '$ * 10' }, odd).Data | Should -Be @(0, 1, 20, 3, 40)
    }

    It 'names the stream of each datapoint, also in the table' {
        (Invoke-CdbMerge even, @{ Stream = 'odd'; Transform = '$ * 10' }).Stream | Should -Be @('me/user/even', 'me/user/odd', 'me/user/even', 'me/user/odd', 'me/user/even')
        (Invoke-CdbMerge even, odd | Out-String) | Should -Match 'Time +Stream +Data'
    }

    It 'takes streams from the pipeline' {
        @(Get-CdbStream | Invoke-CdbMerge).Count | Should -Be 5
    }

    It 'names the stream that is not there' {
        { Invoke-CdbMerge even, nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'names what a query cannot have' {
        { Invoke-CdbMerge @{ Stream = 'even'; Colour = 'red' } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*colour*'
    }
}
