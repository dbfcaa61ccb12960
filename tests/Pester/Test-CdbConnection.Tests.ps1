BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Test-CdbConnection' {
    It 'returns the response time' {
        $trip = Test-CdbConnection
        $trip.RoundTrip | Should -BeGreaterThan ([timespan]::Zero)
        $trip.Location | Should -Be $store
    }

    It 'returns only true or false with -Quiet' {
        Test-CdbConnection -Quiet | Should -BeTrue
    }

    It 'is false for a closed connection' {
        $closed = Connect-Cdb -Path (Join-Path $TestDrive 'closed.cdb')
        Disconnect-Cdb $closed
        Test-CdbConnection $closed -Quiet | Should -BeFalse
        { Test-CdbConnection $closed -ErrorAction Stop } | Should -Throw -ErrorId 'StoreClosed*'
    }

    It 'is false without a connection' {
        Get-CdbConnection | Disconnect-Cdb
        Test-CdbConnection -Quiet | Should -BeFalse
        $null = Connect-Cdb -Path $store
    }
}
