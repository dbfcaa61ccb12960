BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Write-CdbLog' {
    It 'writes values, objects and points' {
        Write-CdbLog numbers 1.5
        [pscustomobject]@{ a = 1; b = @(2, 3) } | Write-CdbLog -Prefix o
        Write-CdbLog -Measurement m -Field @{ f = 1 }
        $logger.Cached | Should -Be 5
        $logger.Streams | Should -Contain 'o_b_1'
    }
}
